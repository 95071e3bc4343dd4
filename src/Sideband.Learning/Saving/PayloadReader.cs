using System.Buffers.Binary;
using System.Text;

namespace Sideband.Learning.Saving;

/// <summary>
/// Reads the numbers of a payload in order; whatever cannot be right is an <see cref="InvalidDataException"/> with a reason.
/// </summary>
internal sealed class PayloadReader(byte[] payload, string name)
{
    private int _position;

    private int Remaining => payload.Length - _position;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>A single-precision number, infinite and NaN included.</summary>
    public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Take(4));

    /// <summary>A finite single-precision number.</summary>
    public float FiniteSingle(string what)
    {
        var number = Single();
        return float.IsFinite(number) ? number : throw Damaged($"{what} is {number}");
    }

    /// <summary>A finite double-precision number.</summary>
    public double FiniteDouble(string what)
    {
        var number = BinaryPrimitives.ReadDoubleLittleEndian(Take(8));
        return double.IsFinite(number) ? number : throw Damaged($"{what} is {number}");
    }

    /// <summary>How many of something follow: no more than the rest of the payload can hold.</summary>
    /// <param name="fewestBytes">Of each.</param>
    /// <param name="what">Their name.</param>
    public int Count(int fewestBytes, string what)
    {
        var count = Int32();
        RequireRoom(count, fewestBytes, what);
        return count;
    }

    /// <summary>Checks that the rest of the payload can hold as many.</summary>
    public void RequireRoom(long count, int fewestBytes, string what) =>
        Require(count >= 0 && count <= Remaining / fewestBytes, $"{count} {what} do not fit in {Remaining} bytes");

    /// <summary>Text after its length in bytes.</summary>
    public string Text(string what) => Encoding.UTF8.GetString(Take(Count(1, $"bytes of {what}")));

    /// <summary>Checks that nothing is left.</summary>
    public void End() => Require(Remaining == 0, $"{Remaining} bytes too many");

    public void Require(bool holds, FormattableString otherwise)
    {
        if (!holds)
        {
            throw Damaged(otherwise);
        }
    }

    /// <summary>The exception, for checks of single numbers, where the message is made only if it is needed.</summary>
    public InvalidDataException Damaged(FormattableString reason) => new($"a damaged {name}: {FormattableString.Invariant(reason)}");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining)
        {
            throw Damaged($"it ends too early");
        }

        _position += count;
        return payload.AsSpan(_position - count, count);
    }
}
