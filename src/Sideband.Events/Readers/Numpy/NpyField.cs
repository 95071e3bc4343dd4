using System.Globalization;
using System.Text.RegularExpressions;

namespace Sideband.Events.Readers.Numpy;

/// <summary>One field of an element of a NumPy array.</summary>
/// <param name="Name">Empty for a plain array.</param>
/// <param name="Type">NumPy's code with byte order: "&lt;f4", "|u1", "&lt;U12".</param>
/// <param name="Offset">Bytes from the beginning of the element.</param>
internal sealed partial record NpyField(string Name, string Type, int Offset)
{
    private const int LongestText = 1 << 20;

    /// <summary>Bytes of the field; 0 where the type has no fixed size.</summary>
    public int Size => Type.Length > 2 && int.TryParse(Length, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
        ? (Type[1] == 'U' ? 4 * Math.Min(length, LongestText) : Math.Min(length, LongestText))
        : 0;

    /// <summary>False where the code is none of NumPy's.</summary>
    public bool IsValid => TypePattern().IsMatch(Type);

    /// <summary>How the field lies in the file where it is a number or bool that is read; else null.</summary>
    public NumberType? Number => !IsValid ? null : (Type[1], Size) switch
    {
        ('f', 2 or 4 or 8) => new NumberType(NumberKind.Float, Size, IsBigEndian),
        ('i', 1 or 2 or 4 or 8) => new NumberType(NumberKind.Signed, Size, IsBigEndian),
        ('b', 1) => NumberType.Bool,
        ('u', 1 or 2 or 4 or 8) => new NumberType(NumberKind.Unsigned, Size, IsBigEndian),
        _ => null,
    };

    /// <summary>"float32", "int64", "bool", or what it holds instead of numbers.</summary>
    public string TypeName => Type[1] switch
    {
        'U' or 'S' => $"text ({Type})",
        _ => Number?.Name ?? $"NumPy type '{Type}'",
    };

    private bool IsBigEndian => Type[0] == '>';

    /// <summary>Without the unit of times, "[ns]".</summary>
    private ReadOnlySpan<char> Length => Type.AsSpan(2).IndexOf('[') is var unit and >= 0 ? Type.AsSpan(2, unit) : Type.AsSpan(2);

    [GeneratedRegex(@"^[<>|=](?:b1|[iu][1248]|f(?:2|4|8|12|16)|c(?:8|16|24|32)|[mM]8(?:\[[^\]]*\])?|[SUVa](?:0|[1-9][0-9]*)|O)$")]
    private static partial Regex TypePattern();
}
