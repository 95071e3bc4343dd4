using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Sideband.Events.Readers.Numpy;

namespace Sideband.Events.Readers;

/// <summary>Reads named arrays from a NumPy NPZ archive. Arrays come flat, in C order, with <see cref="Shape"/> beside them.</summary>
public sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";
    private readonly string _fileName;
    private readonly ZipArchive _archive;

    private NpzFile(string fileName, ZipArchive archive)
    {
        (_fileName, _archive) = (fileName, archive);
        Names =
        [
            .. archive.Entries.Select(entry => entry.FullName)
                .Where(entry => entry.EndsWith(Extension, StringComparison.Ordinal))
                .Select(entry => entry[..^Extension.Length]),
        ];
        if (Names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InputDataException($"{fileName}: {twice.Count()} arrays are named '{twice.Key}'");
        }
    }

    /// <summary>The arrays in the archive's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <exception cref="InputDataException">No such file, or not an archive, or cut short.</exception>
    public static NpzFile Open(string path)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            throw new InputDataException($"{path}: no such file");
        }

        return Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete), name);
    }

    /// <param name="stream">Closed with the file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InputDataException">Not an archive, or cut short.</exception>
    public static NpzFile Open(Stream stream, string name)
    {
        try
        {
            var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            ZipNames.Check(stream, archive.Entries.Count);
            return new NpzFile(name, archive);
        }
        catch (Exception error)
        {
            stream.Dispose();
            throw error is InputDataException ? error : new InputDataException($"{name}: not an NPZ archive, or cut short", error);
        }
    }

    /// <summary>Length of each axis.</summary>
    /// <exception cref="InputDataException">No such array.</exception>
    public IReadOnlyList<int> Shape(string name) => [.. ReadHeader(name).Shape.Select(length => (int)length)];

    /// <summary>All elements of an array whose type is exactly <typeparamref name="T"/>: float, double, short, int, long or byte.</summary>
    /// <exception cref="InputDataException">No such array, another type, Fortran order, or cut short.</exception>
    public T[] Read<T>(string name)
        where T : unmanaged
    {
        var code = NumpyType.CodeOf<T>();
        using var stream = OpenEntry(name);
        var header = ReadOrdered(stream, name);
        if (header.IsStructured || header.Fields[0].Type != code)
        {
            throw new InputDataException($"{Label(name)} holds {header.Fields[0].TypeName}, not NumPy type '{code}'");
        }

        var elements = new T[header.Length];
        Fill(stream, MemoryMarshal.AsBytes(elements.AsSpan()), name);
        return elements;
    }

    /// <summary>All elements of an array of texts.</summary>
    /// <exception cref="InputDataException">No such array, another type, or cut short.</exception>
    public IReadOnlyList<string> ReadStrings(string name)
    {
        using var stream = OpenEntry(name);
        var header = ReadOrdered(stream, name);
        var field = header.Fields[0];
        if (header.IsStructured || field.Type.Length < 2 || (field.Type[1] is not ('U' or 'S')) || field.Type[0] == '>')
        {
            throw new InputDataException($"{Label(name)} holds {field.TypeName}, not text");
        }

        var bytes = new byte[header.Length * field.Size];
        Fill(stream, bytes, name);
        var encoding = field.Type[1] == 'U' ? Encoding.UTF32 : Encoding.UTF8;
        return
        [
            .. Enumerable.Range(0, (int)header.Length)
                .Select(i => encoding.GetString(bytes, i * field.Size, field.Size).TrimEnd('\0')),
        ];
    }

    public void Dispose() => _archive.Dispose();

    /// <summary>The packed array, at its header; its checksum is compared when its end is reached.</summary>
    /// <exception cref="InputDataException">No such array, or one that cannot be unpacked.</exception>
    internal Stream OpenEntry(string name)
    {
        var entry = _archive.GetEntry(name + Extension) ?? throw MissingArray(name);
        try
        {
            return new ZipEntryStream(entry);
        }
        catch (Exception error) when (error is InvalidDataException or NotSupportedException or IOException or ArgumentException)
        {
            throw new InputDataException($"{Label(name)} is damaged: {error.Message}", error);
        }
    }

    /// <summary>The header of an array in either memory order.</summary>
    internal NpyHeader ReadHeader(string name)
    {
        using var stream = OpenEntry(name);
        return NpyHeader.Read(stream, Label(name));
    }

    private InputDataException MissingArray(string name) =>
        new($"{_fileName}: no array '{name}'{NearestName.Hint(name, Names)} (there are: {string.Join(", ", Names)})");

    private string Label(string name) => $"{_fileName}: array '{name}'";

    private NpyHeader ReadOrdered(Stream stream, string name)
    {
        var header = NpyHeader.Read(stream, Label(name));
        return header.FortranOrder && header.Shape.Count > 1
            ? throw new InputDataException($"{Label(name)} is in Fortran order; C order is expected")
            : header;
    }

    private void Fill(Stream stream, Span<byte> bytes, string name)
    {
        NpyBytes.Fill(stream, bytes, Label(name));
        NpyBytes.Finish(stream, Label(name));
    }
}
