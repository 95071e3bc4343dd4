namespace Sideband.Events.Readers.Compression;

/// <summary>As <see cref="ByteShuffle"/>, with bits: all numbers' lowest bits first, eight numbers' bits in a byte.</summary>
internal static class BitShuffle
{
    /// <summary>Puts the bits back. Blosc leaves blocks as they are where the count of numbers is no multiple of eight.</summary>
    /// <param name="shuffled">Bit planes: byte j's bit k of all numbers is plane 8 j + k.</param>
    /// <param name="numbers">As long.</param>
    /// <param name="size">Bytes of a number.</param>
    public static void Undo(ReadOnlySpan<byte> shuffled, Span<byte> numbers, int size)
    {
        var count = numbers.Length / size;
        if (count % 8 != 0)
        {
            shuffled.CopyTo(numbers);
            return;
        }

        var planeLength = count / 8;
        for (var place = 0; place < size; place++)
        {
            for (var group = 0; group < planeLength; group++)
            {
                ulong bits = 0;
                for (var bit = 0; bit < 8; bit++)
                {
                    bits |= (ulong)shuffled[(((place * 8) + bit) * planeLength) + group] << (8 * bit);
                }

                bits = Transpose(bits);
                for (var i = 0; i < 8; i++)
                {
                    numbers[(((group * 8) + i) * size) + place] = (byte)(bits >> (8 * i));
                }
            }
        }

        shuffled[(count * size)..].CopyTo(numbers[(count * size)..]);
    }

    /// <summary>Transposes 8 x 8 bits, rows being bytes (Hacker's Delight, 7-3).</summary>
    private static ulong Transpose(ulong x)
    {
        var t = (x ^ (x >> 7)) & 0x00AA00AA00AA00AA;
        x ^= t ^ (t << 7);
        t = (x ^ (x >> 14)) & 0x0000CCCC0000CCCC;
        x ^= t ^ (t << 14);
        t = (x ^ (x >> 28)) & 0x00000000F0F0F0F0;
        return x ^ t ^ (t << 28);
    }
}
