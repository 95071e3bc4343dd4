using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sideband.Events.Readers;

/// <summary>Families of numbers in binary files.</summary>
internal enum NumberKind
{
    Float,
    Signed,
    Unsigned,

    /// <summary>A byte that is 0 or 1.</summary>
    Bool,
}

/// <summary>How a number lies in a file.</summary>
/// <param name="Kind">IEEE 754, two's complement, unsigned, or a bool.</param>
/// <param name="Size">1, 2, 4 or 8 bytes; a Float has 2, 4 or 8, a Bool 1.</param>
/// <param name="BigEndian">True where the most significant byte comes first.</param>
internal readonly record struct NumberType(NumberKind Kind, int Size, bool BigEndian)
{
    /// <summary>A bool of one byte.</summary>
    public static NumberType Bool => new(NumberKind.Bool, 1, false);

    /// <summary>"float32", "int64", "bool", ...</summary>
    public string Name => Kind == NumberKind.Bool ? "bool" : (Kind switch
    {
        NumberKind.Float => "float",
        NumberKind.Signed => "int",
        _ => "uint",
    }) + (8 * Size);

    /// <summary>Copies one number of each row, as a double, out of rows that lie <paramref name="stride"/> bytes apart.</summary>
    /// <param name="rows">At the number of the first row.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="column">One entry a row.</param>
    /// <exception cref="InvalidDataException">A bool that is neither 0 nor 1.</exception>
    public void Extract(ReadOnlySpan<byte> rows, int stride, Span<double> column)
    {
        switch (Kind, Size)
        {
            case (NumberKind.Float, 2): Copy<Half>(rows, stride, column); break;
            case (NumberKind.Float, 4): Copy<float>(rows, stride, column); break;
            case (NumberKind.Float, _): Copy<double>(rows, stride, column); break;
            case (NumberKind.Signed, 1): Copy<sbyte>(rows, stride, column); break;
            case (NumberKind.Signed, 2): Copy<short>(rows, stride, column); break;
            case (NumberKind.Signed, 4): Copy<int>(rows, stride, column); break;
            case (NumberKind.Signed, _): Copy<long>(rows, stride, column); break;
            case (NumberKind.Bool, _): CopyBools(rows, stride, column); break;
            case (_, 1): Copy<byte>(rows, stride, column); break;
            case (_, 2): Copy<ushort>(rows, stride, column); break;
            case (_, 4): Copy<uint>(rows, stride, column); break;
            default: Copy<ulong>(rows, stride, column); break;
        }
    }

    private static void CopyBools(ReadOnlySpan<byte> rows, int stride, Span<double> column)
    {
        for (var i = 0; i < column.Length; i++)
        {
            var value = rows[i * stride];
            column[i] = value <= 1
                ? value
                : throw new InvalidDataException($"a bool with the value {value} (allowed: 0, 1)");
        }
    }

    private void Copy<T>(ReadOnlySpan<byte> rows, int stride, Span<double> column)
        where T : unmanaged, INumberBase<T>
    {
        var at = 0;
        if (BigEndian)
        {
            for (var i = 0; i < column.Length; i++, at += stride)
            {
                column[i] = double.CreateChecked(Turned<T>(rows[at..]));
            }

            return;
        }

        for (var i = 0; i < column.Length; i++, at += stride)
        {
            column[i] = double.CreateChecked(MemoryMarshal.Read<T>(rows[at..]));
        }
    }

    private static T Turned<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged
    {
        return Unsafe.SizeOf<T>() switch
        {
            1 => MemoryMarshal.Read<T>(bytes),
            2 => Unsafe.BitCast<ushort, T>(BinaryPrimitives.ReadUInt16BigEndian(bytes)),
            4 => Unsafe.BitCast<uint, T>(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
            _ => Unsafe.BitCast<ulong, T>(BinaryPrimitives.ReadUInt64BigEndian(bytes)),
        };
    }
}
