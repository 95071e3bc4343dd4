using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>
/// The bytes of an HDF5 file by address (HDF5 File Format Specification 3.0). Every read is checked against the file's length before
/// memory is taken, so that a damaged size costs nothing. One thread at a time.
/// </summary>
internal sealed class Hdf5File : IDisposable
{
    /// <summary>The address that stands for "nowhere", whatever the width of addresses.</summary>
    public const ulong Nowhere = ulong.MaxValue;

    /// <summary>Far more than any group, header or index block of a table needs.</summary>
    private const int LargestStructure = 1 << 26;

    /// <summary>Far more than a file of tables has; links that branch again and again would lead to any number.</summary>
    private const int MostObjects = 100_000;

    private readonly SafeFileHandle _handle;
    private readonly long _length;
    private readonly long _base;
    private int _objects;

    /// <exception cref="InputDataException">Not HDF5, of an unknown version, or cut short.</exception>
    public Hdf5File(string path)
    {
        Name = Path.GetFileName(path);
        _handle = File.OpenHandle(path);
        try
        {
            _length = RandomAccess.GetLength(_handle);
            _base = FindSignature();
            RootHeader = ReadSuperblock();
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    /// <summary>"\x89HDF\r\n\x1a\n".</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Name without folder.</summary>
    public string Name { get; }

    /// <summary>Bytes of an address.</summary>
    public int OffsetSize { get; private set; } = 8;

    /// <summary>Bytes of a length.</summary>
    public int LengthSize { get; private set; } = 8;

    /// <summary>Address of the root group's object header.</summary>
    public ulong RootHeader { get; }

    /// <summary>Bytes that may be addressed.</summary>
    public long Length => _length - _base;

    public void Dispose() => _handle.Dispose();

    public InputDataException Damaged(string what) => new($"{Name}: the HDF5 file is cut short or damaged: {what}");

    /// <summary>Counts the objects that are opened.</summary>
    /// <exception cref="InputDataException">Far too many.</exception>
    public void CountObject()
    {
        if (++_objects > MostObjects)
        {
            throw Damaged($"its links lead to more than {MostObjects} objects");
        }
    }

    /// <summary>Fills <paramref name="target"/> from an address.</summary>
    /// <exception cref="InputDataException">The bytes do not all lie within the file.</exception>
    public void Read(ulong address, Span<byte> target)
    {
        Require(address, target.Length);
        if (!_handle.TryRead(_base + (long)address, target))
        {
            throw Damaged($"{target.Length} bytes at {address} end early");
        }
    }

    /// <summary>A structure at an address.</summary>
    /// <exception cref="InputDataException">Not within the file, or too long to be one.</exception>
    public byte[] Read(ulong address, ulong count)
    {
        if (count > LargestStructure)
        {
            throw Damaged($"a structure of {count} bytes");
        }

        Require(address, (long)count);
        var bytes = new byte[count];
        Read(address, bytes);
        return bytes;
    }

    /// <summary>A structure that begins with a signature; a checksum, where it has one, is its last four bytes.</summary>
    /// <exception cref="InputDataException">Another signature or checksum.</exception>
    public byte[] Read(ulong address, ulong count, ReadOnlySpan<byte> signature, bool isChecked)
    {
        var bytes = Read(address, count);
        if (!bytes.AsSpan().StartsWith(signature))
        {
            throw Damaged($"no '{System.Text.Encoding.ASCII.GetString(signature)}' at {address}");
        }

        if (isChecked)
        {
            RequireChecksum(bytes, address);
        }

        return bytes;
    }

    /// <summary>Compares the last four bytes with the checksum of those before.</summary>
    /// <exception cref="InputDataException">They differ.</exception>
    public void RequireChecksum(ReadOnlySpan<byte> bytes, ulong address)
    {
        if (bytes.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) != Hdf5Checksum.Lookup3(bytes[..^4]))
        {
            throw Damaged($"the checksum of the structure at {address} does not fit");
        }
    }

    /// <exception cref="InputDataException">The bytes do not all lie within the file.</exception>
    public void Require(ulong address, long count)
    {
        if (count < 0 || address > (ulong)Length || (ulong)count > (ulong)Length - address)
        {
            var place = address == Nowhere ? "an undefined address" : $"{address}";
            throw Damaged($"{count} bytes at {place} lie outside of the file of {_length} bytes");
        }
    }

    /// <summary>A user block of 512, 1024, 2048, ... bytes may stand before the signature.</summary>
    private long FindSignature()
    {
        var start = new byte[Signature.Length];
        for (long at = 0; at + start.Length <= _length; at = at == 0 ? 512 : 2 * at)
        {
            if (_handle.TryRead(at, start) && Signature.SequenceEqual(start))
            {
                return at;
            }
        }

        throw new InputDataException($"{Name}: not an HDF5 file (its first bytes are not HDF5's signature)");
    }

    private ulong ReadSuperblock()
    {
        var cursor = new Hdf5Cursor(this, Read(0, (ulong)Math.Min(Length, 160)));
        cursor.Skip(Signature.Length);
        var version = cursor.Byte();
        if (version > 3)
        {
            throw Damaged($"superblock version {version} (known: 0 to 3)");
        }

        cursor.Skip(version < 2 ? 4 : 0);
        (OffsetSize, LengthSize) = (cursor.Byte(), cursor.Byte());
        if (OffsetSize is not (2 or 4 or 8) || LengthSize is not (2 or 4 or 8))
        {
            throw Damaged($"addresses of {OffsetSize} and lengths of {LengthSize} bytes");
        }

        cursor.Skip(version switch { 0 => 9, 1 => 13, _ => 1 });
        cursor.Skip(2 * OffsetSize);
        var end = cursor.Offset();
        if (end != Nowhere && end > (ulong)_length)
        {
            throw Damaged($"truncated file: {_length} of {end} bytes");
        }

        if (version < 2)
        {
            // The driver's information, and the root's name in its symbol table entry.
            cursor.Skip(2 * OffsetSize);
            return cursor.Offset();
        }

        var root = cursor.Offset();
        RequireChecksum(cursor.Before(4), 0);
        return root;
    }
}
