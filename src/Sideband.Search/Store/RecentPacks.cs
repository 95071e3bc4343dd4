using Sideband.Events.Writers;

namespace Sideband.Search.Store;

/// <summary>
/// Files of many small units that were read lately, whole. Units are asked for in plan order, in which they were done, so that a file is
/// opened once for all of them.
/// </summary>
internal sealed class RecentPacks
{
    // Threads, and workers whose parts of a plan lie side by side, are each in another file.
    private const int Most = 16;

    private readonly Lock _gate = new();
    private readonly Queue<(string Path, byte[] Bytes)> _packs = new();

    /// <exception cref="IOException">The file is gone, or cannot be read.</exception>
    public byte[] Of(string path)
    {
        lock (_gate)
        {
            if (_packs.FirstOrDefault(pack => pack.Path == path).Bytes is { } known)
            {
                return known;
            }

            using var stream = Disk.OpenRead(path);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            if (_packs.Count == Most)
            {
                _packs.Dequeue();
            }

            _packs.Enqueue((path, bytes));
            return bytes;
        }
    }
}
