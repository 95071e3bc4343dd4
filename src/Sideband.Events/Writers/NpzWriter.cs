using System.IO.Compression;
using System.Text;
using Sideband.Events.Readers.Numpy;

namespace Sideband.Events.Writers;

/// <summary>
/// Writes named arrays as a NumPy NPZ archive (deflate). The same arrays give the same bytes: all entries carry the earliest time
/// that a zip archive knows.
/// </summary>
public sealed class NpzWriter : IDisposable
{
    private static readonly DateTimeOffset FixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ZipArchive _archive;

    /// <param name="stream">Stays open.</param>
    public NpzWriter(Stream stream) => _archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Writes a whole archive to a file, atomically.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, Action<NpzWriter> fill) => AtomicFile.Write(path, stream =>
    {
        using var writer = new NpzWriter(stream);
        fill(writer);
    });

    /// <summary>Adds an array of float, double, short, int, long or byte.</summary>
    /// <param name="name">Without ".npy".</param>
    /// <param name="values">All elements in C order.</param>
    /// <param name="shape">Length of each axis; none for a vector.</param>
    /// <exception cref="ArgumentException">The shape does not hold as many elements.</exception>
    public void Add<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        using var stream = OpenEntry(name);
        Npy.Write(stream, values, shape);
    }

    /// <summary>Adds a vector of texts (NumPy type U).</summary>
    public void AddStrings(string name, IReadOnlyList<string> values)
    {
        var length = Math.Max(1, values.Select(value => Encoding.UTF32.GetByteCount(value) / 4).DefaultIfEmpty(1).Max());
        using var stream = OpenEntry(name);
        stream.Write(NpyHeader.Write($"<U{length}", [values.Count]));
        var element = new byte[4 * length];
        foreach (var value in values)
        {
            element.AsSpan().Clear();
            Encoding.UTF32.GetBytes(value, element);
            stream.Write(element);
        }
    }

    public void Dispose() => _archive.Dispose();

    private Stream OpenEntry(string name)
    {
        var entry = _archive.CreateEntry(name + ".npy", CompressionLevel.Fastest);
        entry.LastWriteTime = FixedTime;
        return entry.Open();
    }
}
