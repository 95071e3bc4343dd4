using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Sideband.Events.Readers.Numpy;

/// <summary>One field of an element of a NumPy array.</summary>
/// <param name="Name">Empty for a plain array.</param>
/// <param name="Type">NumPy's code with byte order: "&lt;f4", "|u1", "&lt;U12".</param>
/// <param name="Offset">Bytes from the beginning of the element.</param>
internal sealed record NpyField(string Name, string Type, int Offset)
{
    private const int LongestText = 1 << 20;

    /// <summary>Bytes of the field; 0 where the type has no fixed size.</summary>
    public int Size => Type.Length > 2 && int.TryParse(Type.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
        ? (Type[1] == 'U' ? 4 * Math.Min(length, LongestText) : Math.Min(length, LongestText))
        : 0;

    /// <summary>False where the code is none of NumPy's.</summary>
    public bool IsValid => Type.Length >= 2 && Type[0] is '<' or '>' or '|' or '=';

    /// <summary>"float32", "int64", "bool", or what it holds instead of numbers.</summary>
    public string TypeName => Code switch
    {
        _ when Type[0] == '>' && Size > 1 => $"big-endian numbers ({Type})",
        "f2" or "f4" or "f8" => $"float{8 * Size}",
        "i1" or "i2" or "i4" or "i8" => $"int{8 * Size}",
        "u1" or "u2" or "u4" or "u8" => $"uint{8 * Size}",
        "b1" => "bool",
        _ when Type[1] is 'U' or 'S' => $"text ({Type})",
        _ => $"NumPy type '{Type}'",
    };

    public bool IsNumeric => !(Type[0] == '>' && Size > 1)
        && Code is "f2" or "f4" or "f8" or "i1" or "i2" or "i4" or "i8" or "u1" or "u2" or "u4" or "u8" or "b1";

    private string Code => Type[1..];

    /// <summary>Copies the field out of elements that lie <paramref name="stride"/> bytes apart.</summary>
    /// <param name="elements">The bytes of the elements.</param>
    /// <param name="stride">Bytes from one element to the next.</param>
    /// <param name="column">One entry an element.</param>
    public void Extract(ReadOnlySpan<byte> elements, int stride, Span<double> column)
    {
        switch (Code)
        {
            case "f2": Copy<Half>(elements, stride, column); break;
            case "f4": Copy<float>(elements, stride, column); break;
            case "f8": Copy<double>(elements, stride, column); break;
            case "i1": Copy<sbyte>(elements, stride, column); break;
            case "i2": Copy<short>(elements, stride, column); break;
            case "i4": Copy<int>(elements, stride, column); break;
            case "i8": Copy<long>(elements, stride, column); break;
            case "u2": Copy<ushort>(elements, stride, column); break;
            case "u4": Copy<uint>(elements, stride, column); break;
            case "u8": Copy<ulong>(elements, stride, column); break;
            default: Copy<byte>(elements, stride, column); break;
        }
    }

    private void Copy<T>(ReadOnlySpan<byte> elements, int stride, Span<double> column)
        where T : unmanaged, INumberBase<T>
    {
        var at = Offset;
        for (var i = 0; i < column.Length; i++, at += stride)
        {
            column[i] = double.CreateChecked(MemoryMarshal.Read<T>(elements[at..]));
        }
    }
}
