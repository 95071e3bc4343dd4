using System.Globalization;
using System.Text;

namespace Sideband.Events;

/// <summary>Names and other texts from files as messages, tables and figures show them.</summary>
public static class ShownText
{
    /// <summary>
    /// A text in which nothing moves the cursor, ends the line or turns the direction of writing: control and format characters, line and
    /// paragraph separators and halves of pairs are shown as <c>\u001B</c>.
    /// </summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, i, out var rune);
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && !IsHidden(rune))
            {
                shown.Append(text, i, length);
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(isWhole ? rune.Value : text[i]):X4}");
            }

            i += length;
        }

        return shown.ToString();
    }

    private static bool IsHidden(Rune letter) => Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
