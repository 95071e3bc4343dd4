using System.Text;
using Microsoft.Win32.SafeHandles;
using Sideband.Events.Writers;
using Sideband.Numerics;

namespace Sideband.Search.Store;

/// <summary>
/// The one envelope of finished units: a file with a header (mark, format version, engine version, and for each unit its key, place,
/// length and SHA-256), the header's own SHA-256, and the packed products. Little-endian. Written whole or not at all.
/// </summary>
internal static class UnitPack
{
    public const string Extension = ".units";

    private const int FormatVersion = 1;
    private const int KeyLength = 32;
    private const int EntryLength = KeyLength + (2 * sizeof(long)) + PortableSha256.HashSizeInBytes;
    private const int MostUnits = 1_000_000;

    // The header of a full pack is read at once.
    private const int FirstRead = 1 << 13;
    private static readonly byte[] Mark = "SBUNITS\0"u8.ToArray();

    /// <param name="path">The file to write.</param>
    /// <param name="engine">Version of what made the products.</param>
    /// <param name="units">Key and packed product of each.</param>
    /// <returns>Where each product lies.</returns>
    /// <exception cref="OutputException">No space, or no permission.</exception>
    public static IReadOnlyList<PackedUnit> Write(string path, string engine, IReadOnlyList<(string Key, byte[] Product)> units)
    {
        var entries = new List<PackedUnit>(units.Count);
        using var header = new MemoryStream();
        using (var writer = new BinaryWriter(header, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Mark);
            writer.Write(FormatVersion);
            writer.Write(engine);
            writer.Write(units.Count);
            var offset = header.Length + ((long)units.Count * EntryLength) + PortableSha256.HashSizeInBytes;
            foreach (var (key, product) in units)
            {
                var entry = new PackedUnit(path, key, offset, product.Length, PortableSha256.HashData(product));
                writer.Write(Encoding.ASCII.GetBytes(key));
                writer.Write(offset);
                writer.Write((long)product.Length);
                writer.Write(entry.Hash.Span);
                entries.Add(entry);
                offset += product.Length;
            }
        }

        var bytes = header.ToArray();
        AtomicFile.Write(path, stream =>
        {
            stream.Write(bytes);
            stream.Write(PortableSha256.HashData(bytes));
            foreach (var (_, product) in units)
            {
                stream.Write(product);
            }
        });
        return entries;
    }

    /// <summary>What a file holds.</summary>
    /// <exception cref="InvalidDataException">
    /// Not such a file, cut short, changed, or made by another engine; the message says which.
    /// </exception>
    public static IReadOnlyList<PackedUnit> ReadIndex(string path, string engine)
    {
        using var stream = Disk.OpenRead(path);
        var file = stream.SafeFileHandle;
        var (length, bytes, place) = (RandomAccess.GetLength(file), Array.Empty<byte>(), 0);
        ReadOnlySpan<byte> Take(int count)
        {
            if (count > length - place)
            {
                throw new InvalidDataException("it is cut short");
            }

            if (place + count > bytes.Length)
            {
                bytes = ReadFirst(file, (int)Math.Min(length, Math.Max(FirstRead, 2L * (place + count))));
            }

            place += count;
            return bytes.AsSpan(place - count, count);
        }

        if (!Take(Mark.Length).SequenceEqual(Mark))
        {
            throw new InvalidDataException("it does not hold work units");
        }

        var format = BitConverter.ToInt32(Take(sizeof(int)));
        if (format != FormatVersion)
        {
            throw new InvalidDataException($"it has format {format}, this program reads {FormatVersion}");
        }

        var made = Encoding.UTF8.GetString(Take(Take(1)[0]));
        if (made != engine)
        {
            throw new InvalidDataException($"it was made by engine {made}, this is {engine}");
        }

        var count = BitConverter.ToInt32(Take(sizeof(int)));
        if (count is < 1 or > MostUnits)
        {
            throw new InvalidDataException($"it claims to hold {count} units");
        }

        if (count > (length - place) / EntryLength)
        {
            throw new InvalidDataException("it is cut short");
        }

        var (entries, hashes) = (new PackedUnit[count], new byte[count * PortableSha256.HashSizeInBytes]);
        for (var i = 0; i < count; i++)
        {
            var hash = hashes.AsMemory(i * PortableSha256.HashSizeInBytes, PortableSha256.HashSizeInBytes);
            var key = Encoding.ASCII.GetString(Take(KeyLength));
            var (offset, size) = (BitConverter.ToInt64(Take(sizeof(long))), BitConverter.ToInt64(Take(sizeof(long))));
            Take(PortableSha256.HashSizeInBytes).CopyTo(hash.Span);
            entries[i] = new PackedUnit(path, key, offset, size, hash);
            if (offset < 0 || size < 0 || offset > length - size)
            {
                throw new InvalidDataException("it is cut short");
            }
        }

        var expected = PortableSha256.HashData(bytes.AsSpan(0, place));
        return Take(PortableSha256.HashSizeInBytes).SequenceEqual(expected)
            ? entries
            : throw new InvalidDataException("its header was changed");
    }

    private static byte[] ReadFirst(SafeFileHandle file, int count)
    {
        var bytes = new byte[count];
        var read = 0;
        while (read < count)
        {
            var more = RandomAccess.Read(file, bytes.AsSpan(read), read);
            read += more > 0 ? more : throw new InvalidDataException("it is cut short");
        }

        return bytes;
    }
}

/// <summary>Where a packed product lies. A store holds hundreds of thousands, so that it is no object of its own.</summary>
internal readonly record struct PackedUnit(string Path, string Key, long Offset, long Length, ReadOnlyMemory<byte> Hash)
{
    /// <summary>The product.</summary>
    /// <exception cref="InvalidDataException">It is cut short, or does not have its hash.</exception>
    /// <exception cref="IOException">The file is gone, or cannot be read.</exception>
    public byte[] Read()
    {
        using var stream = Disk.OpenRead(Path);
        stream.Position = Offset;
        var product = new byte[Length];
        return stream.ReadAtLeast(product, product.Length, throwOnEndOfStream: false) < Length
            ? throw new InvalidDataException("it is cut short")
            : Checked(product);
    }

    /// <summary>The product, from all bytes of its file.</summary>
    /// <inheritdoc cref="Read()"/>
    public byte[] Read(byte[] file) => Offset > file.Length - Length
        ? throw new InvalidDataException("it is cut short")
        : Checked(file.AsSpan((int)Offset, (int)Length).ToArray());

    private byte[] Checked(byte[] product) => PortableSha256.HashData(product).AsSpan().SequenceEqual(Hash.Span)
        ? product
        : throw new InvalidDataException($"unit {Key} was changed");
}
