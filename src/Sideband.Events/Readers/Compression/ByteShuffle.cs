using System.Runtime.InteropServices;

namespace Sideband.Events.Readers.Compression;

/// <summary>Shuffling puts the first bytes of all numbers together, then the second bytes, and so on, which packs better.</summary>
internal static class ByteShuffle
{
    /// <summary>Puts the bytes back. Bytes beyond the last whole number stay where they are.</summary>
    /// <param name="shuffled">Byte planes.</param>
    /// <param name="numbers">As long.</param>
    /// <param name="size">Bytes of a number.</param>
    /// <exception cref="InvalidDataException">Another length.</exception>
    public static void Undo(ReadOnlySpan<byte> shuffled, Span<byte> numbers, int size)
    {
        if (shuffled.Length != numbers.Length)
        {
            throw new InvalidDataException($"{shuffled.Length} of {numbers.Length} bytes are there");
        }

        var count = numbers.Length / size;
        if (size == 4)
        {
            Undo4(shuffled, MemoryMarshal.Cast<byte, uint>(numbers)[..count]);
        }
        else
        {
            for (var plane = 0; plane < size; plane++)
            {
                var from = shuffled.Slice(plane * count, count);
                for (int i = 0, to = plane; i < from.Length; i++, to += size)
                {
                    numbers[to] = from[i];
                }
            }
        }

        shuffled[(count * size)..].CopyTo(numbers[(count * size)..]);
    }

    /// <summary>Single precision, the common case: one store a number.</summary>
    private static void Undo4(ReadOnlySpan<byte> shuffled, Span<uint> numbers)
    {
        var a = shuffled[..numbers.Length];
        var b = shuffled.Slice(numbers.Length, numbers.Length);
        var c = shuffled.Slice(2 * numbers.Length, numbers.Length);
        var d = shuffled.Slice(3 * numbers.Length, numbers.Length);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = a[i] | ((uint)b[i] << 8) | ((uint)c[i] << 16) | ((uint)d[i] << 24);
        }
    }
}
