using Microsoft.Win32.SafeHandles;

namespace Sideband.Events.Readers.Root;

/// <summary>A record's description: where it lies, what it holds.</summary>
/// <param name="Bytes">Of the record with its key, as stored.</param>
/// <param name="ObjectLength">Bytes of the object, unpacked.</param>
/// <param name="KeyLength">Bytes of the key.</param>
/// <param name="Cycle">Versions of one name in a directory count up.</param>
/// <param name="Seek">Place of the key.</param>
/// <param name="ClassName">"TTree", ...</param>
/// <param name="Name">In its directory.</param>
internal sealed record RootKey(int Bytes, int ObjectLength, int KeyLength, int Cycle, long Seek, string ClassName, string Name)
{
    public static RootKey Read(ref RootCursor cursor)
    {
        var bytes = cursor.Int32();
        var version = cursor.Int16();
        var length = cursor.Int32();
        cursor.Skip(4);
        int keyLength = cursor.UInt16(), cycle = cursor.UInt16();
        var seek = cursor.Seek(version > 1000);
        cursor.Seek(version > 1000);
        var (className, name) = (cursor.Text(), cursor.Text());
        cursor.Text();
        return new RootKey(bytes, length, keyLength, cycle, seek, className, name);
    }
}

/// <summary>
/// The bytes of a ROOT file (root.cern/doc, "ROOT files"; TFile, TKey and TDirectory of its source). Every read is checked against the
/// file's length before memory is taken. One thread at a time.
/// </summary>
internal sealed class RootFile : IDisposable
{
    private const int LongestHeader = 128, LargestRecord = 1 << 28, DeepestDirectory = 16, MostKeys = 100_000;
    private readonly SafeFileHandle _handle;
    private readonly long _length;
    private readonly long _rootDirectory;

    /// <exception cref="InputDataException">Not ROOT, or cut short.</exception>
    public RootFile(string path)
    {
        Name = Path.GetFileName(path);
        _handle = File.OpenHandle(path);
        try
        {
            _length = RandomAccess.GetLength(_handle);
            _rootDirectory = ReadHeader();
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    public static ReadOnlySpan<byte> Signature => "root"u8;

    /// <summary>Name without folder.</summary>
    public string Name { get; }

    public void Dispose() => _handle.Dispose();

    public InputDataException Damaged(string what) => RootCursor.Damaged(Name, what);

    /// <summary>Bytes of the file.</summary>
    /// <exception cref="InputDataException">They do not all lie within it.</exception>
    public byte[] Read(long at, long count)
    {
        if (at < 0 || count < 0 || count > LargestRecord || at > _length - count)
        {
            throw Damaged($"{count} bytes at {at} lie outside of the file of {_length} bytes");
        }

        var bytes = new byte[count];
        return _handle.TryRead(at, bytes) ? bytes : throw Damaged($"{count} bytes at {at} end early");
    }

    /// <summary>The object of a key, unpacked.</summary>
    public byte[] Object(RootKey key)
    {
        if (key.KeyLength <= 0 || key.Bytes <= key.KeyLength)
        {
            throw Damaged($"a record of {key.Bytes} bytes with a key of {key.KeyLength}");
        }

        var packed = Read(key.Seek + key.KeyLength, key.Bytes - key.KeyLength);
        return RootBlocks.Unpack(Name, packed, key.ObjectLength);
    }

    /// <summary>All cycles of every object in the file, the newest first, with its path from the top: "tree", "folder/tree".</summary>
    public IReadOnlyList<(string Path, RootKey Key)> Objects()
    {
        var found = new List<(string Path, RootKey Key)>();
        Collect(_rootDirectory, "", [], [], found);
        return found;
    }

    private long ReadHeader()
    {
        var cursor = new RootCursor(Name, Read(0, Math.Min(_length, LongestHeader)));
        if (!cursor.Take(4).SequenceEqual(Signature))
        {
            throw new InputDataException($"{Name}: not a ROOT file (its first bytes are not 'root')");
        }

        var version = cursor.Int32();
        var isLarge = version >= 1_000_000;
        var begin = cursor.Int32();
        var end = cursor.Seek(isLarge);
        if (end > _length)
        {
            throw Damaged($"truncated file: {_length} of {end} bytes");
        }

        cursor.Seek(isLarge);
        cursor.Skip(8);
        return begin + (long)cursor.Int32();
    }

    private void Collect(long directory, string path, List<long> above, HashSet<long> visited, List<(string Path, RootKey Key)> found)
    {
        if (above.Contains(directory) || above.Count > DeepestDirectory)
        {
            throw Damaged($"folder '{path}' lies inside itself");
        }

        if (!visited.Add(directory))
        {
            return;
        }

        above.Add(directory);
        foreach (var key in Keys(directory).OrderByDescending(key => key.Cycle))
        {
            var name = path.Length == 0 ? key.Name : $"{path}/{key.Name}";
            if (key.ClassName is "TDirectory" or "TDirectoryFile")
            {
                Collect(key.Seek + key.KeyLength, name, above, visited, found);
            }
            else
            {
                found.Add((name, key));
            }
        }

        above.RemoveAt(above.Count - 1);
    }

    /// <summary>All keys of a directory, whose record says where their list lies.</summary>
    private List<RootKey> Keys(long directory)
    {
        var cursor = new RootCursor(Name, Read(directory, Math.Min(42, Math.Max(_length - directory, 0))));
        var version = cursor.Int16();
        cursor.Skip(8);
        var bytes = cursor.Int32();
        cursor.Skip(4);
        var isLarge = version > 1000;
        cursor.Seek(isLarge);
        cursor.Seek(isLarge);
        var place = cursor.Seek(isLarge);
        if (bytes == 0 || place == 0)
        {
            return [];
        }

        var list = new RootCursor(Name, Read(place, bytes));
        RootKey.Read(ref list);
        var count = list.Int32();
        if (count is < 0 or > MostKeys)
        {
            throw Damaged($"a folder of {count} objects");
        }

        var keys = new List<RootKey>();
        for (var i = 0; i < count; i++)
        {
            keys.Add(RootKey.Read(ref list));
        }

        return keys;
    }
}
