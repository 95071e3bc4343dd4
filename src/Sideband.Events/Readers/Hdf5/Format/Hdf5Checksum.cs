using System.Buffers.Binary;
using System.Numerics;

namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>The two checksums of HDF5.</summary>
internal static class Hdf5Checksum
{
    /// <summary>Of structures: Bob Jenkins' lookup3 hash, hashlittle, with initial value 0.</summary>
    public static uint Lookup3(ReadOnlySpan<byte> bytes)
    {
        uint a, b, c;
        a = b = c = 0xdeadbeef + (uint)bytes.Length;
        while (bytes.Length > 12)
        {
            a += BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            b += BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            c += BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
            a = (a - c) ^ BitOperations.RotateLeft(c, 4);
            c += b;
            b = (b - a) ^ BitOperations.RotateLeft(a, 6);
            a += c;
            c = (c - b) ^ BitOperations.RotateLeft(b, 8);
            b += a;
            a = (a - c) ^ BitOperations.RotateLeft(c, 16);
            c += b;
            b = (b - a) ^ BitOperations.RotateLeft(a, 19);
            a += c;
            c = (c - b) ^ BitOperations.RotateLeft(b, 4);
            b += a;
            bytes = bytes[12..];
        }

        if (bytes.Length == 0)
        {
            return c;
        }

        Span<byte> last = stackalloc byte[12];
        last.Clear();
        bytes.CopyTo(last);
        a += BinaryPrimitives.ReadUInt32LittleEndian(last);
        b += BinaryPrimitives.ReadUInt32LittleEndian(last[4..]);
        c += BinaryPrimitives.ReadUInt32LittleEndian(last[8..]);
        c = (c ^ b) - BitOperations.RotateLeft(b, 14);
        a = (a ^ c) - BitOperations.RotateLeft(c, 11);
        b = (b ^ a) - BitOperations.RotateLeft(a, 25);
        c = (c ^ b) - BitOperations.RotateLeft(b, 16);
        a = (a ^ c) - BitOperations.RotateLeft(c, 4);
        b = (b ^ a) - BitOperations.RotateLeft(a, 14);
        return (c ^ b) - BitOperations.RotateLeft(b, 24);
    }

    /// <summary>Of chunks: Fletcher's sums, modulo 65535, of 16-bit words with the most significant byte first.</summary>
    public static uint Fletcher32(ReadOnlySpan<byte> bytes)
    {
        uint first = 0, second = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            first = (first + (uint)((bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0))) % 65535;
            second = (second + first) % 65535;
        }

        return (second << 16) | first;
    }
}
