using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sideband.Events.Readers.Hdf5;

/// <summary>
/// Reads the texts of a list that PyTables has stored in an attribute with Python's pickle, protocol 0: lines of one opcode and its
/// argument, such as <c>(lp0</c>, <c>Vpxj1</c>, <c>p1</c>, <c>aVpyj1</c>, <c>p2</c>, <c>a.</c>. Only texts, integers and the memo
/// that repeats them are understood; nothing is executed.
/// </summary>
internal static partial class PickledNames
{
    /// <summary>The texts in order (for a nested list, of the innermost), or null where this is not such a list.</summary>
    /// <param name="pickle">The attribute's bytes as Latin-1.</param>
    public static List<string>? Parse(string pickle)
    {
        var names = new List<string>();
        var memo = new Dictionary<string, string>();
        string? top = null;
        for (var i = 0; i < pickle.Length; i++)
        {
            var code = pickle[i];
            if (code is '(' or 'l' or 't' or ']' or ')')
            {
                // A mark, or a list or tuple made of what lies above it: only the texts matter.
                continue;
            }

            if (code is 'a' or '.')
            {
                // APPEND of the text read last; STOP.
                if (code == 'a' && top is not null)
                {
                    names.Add(top);
                }

                top = null;
                continue;
            }

            if (pickle.IndexOf('\n', i) is var end && end < 0)
            {
                return null;
            }

            var argument = pickle[(i + 1)..end];
            switch (code)
            {
                case 'V':
                    top = Unescape(argument);
                    break;
                case 'I':
                    top = argument;
                    break;
                case 'L':
                    top = argument.TrimEnd('L');
                    break;
                case 'p' when top is not null:
                    memo[argument] = top;
                    break;
                case 'p':
                    break;
                case 'g':
                    top = memo.GetValueOrDefault(argument);
                    break;
                default:
                    return null;
            }

            i = end;
        }

        return pickle.EndsWith('.') ? names : null;
    }

    /// <summary>Python's raw-unicode-escape: only \uXXXX and \UXXXXXXXX are escapes.</summary>
    private static string Unescape(string text) => EscapePattern().Replace(
        text,
        match => Rune.TryCreate(int.Parse(match.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture), out var rune)
            ? rune.ToString()
            : match.Value);

    [GeneratedRegex(@"\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}")]
    private static partial Regex EscapePattern();
}
