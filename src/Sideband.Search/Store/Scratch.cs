using System.Diagnostics;
using Sideband.Events.Writers;

namespace Sideband.Search.Store;

/// <summary>
/// Finished units of one worker on a disk of its own, until there are enough of them, or enough time has gone by, to be written into a
/// store that many share: a network's file system takes one large file more easily than a thousand small ones.
/// </summary>
/// <param name="folder">Of this process alone.</param>
internal sealed class Scratch(string folder)
{
    private const long MostBytes = 16 << 20;

    // What is lost, and done again, where a worker is killed.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly List<string> _keys = [];
    private readonly Stopwatch _clock = new();
    private long _bytes;
    private bool _complained;

    /// <summary>Keys of the units that wait.</summary>
    public IReadOnlyList<string> Keys => _keys;

    public string PathOf(string key) => Path.Combine(folder, key + UnitPack.Extension);

    /// <summary>Notes a unit that was written.</summary>
    /// <returns>True when it is time to write them into the store.</returns>
    public bool Add(string key, long bytes)
    {
        if (_keys.Count == 0)
        {
            _clock.Restart();
        }

        _keys.Add(key);
        _bytes += bytes;
        return _keys.Count >= UnitStore.UnitsPerPack || _bytes >= MostBytes || _clock.Elapsed >= Longest;
    }

    /// <summary>They are in the store.</summary>
    public void Clear()
    {
        foreach (var key in _keys)
        {
            AtomicFile.Delete(PathOf(key));
        }

        _keys.Clear();
        _bytes = 0;
    }

    /// <summary>True the first time.</summary>
    public bool ComplainOnce() => !_complained && (_complained = true);
}
