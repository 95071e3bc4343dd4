using System.Globalization;
using System.Text.RegularExpressions;

namespace Sideband.Events;

/// <summary>An event file and the rows [<paramref name="Start"/>, <paramref name="End"/>) of it that are to be read.</summary>
/// <param name="Path">As given by the user: a file, or <c>FILE:OBJECT</c> for a tree or key in it.</param>
/// <param name="Start">First row, from 0.</param>
/// <param name="End">Row after the last; null stands for the end of the file.</param>
public sealed partial record EventFileSpec(string Path, long Start = 0, long? End = null)
{
    /// <summary>The file itself, without the object in it.</summary>
    public string FilePath => Readers.FilePlace.Of(Path).Path;

    /// <summary>
    /// Reads <c>FILE</c>, <c>FILE[a:b]</c>, <c>FILE[a:]</c> or <c>FILE[:b]</c>, each with <c>:OBJECT</c> behind the name where wanted.
    /// </summary>
    /// <exception cref="ConfigurationException">A malformed or empty range, no file name.</exception>
    public static EventFileSpec Parse(string text)
    {
        if (!text.EndsWith(']'))
        {
            return text.Length > 0 ? new EventFileSpec(text) : throw new ConfigurationException("a file name is empty");
        }

        var match = RangePattern().Match(text);
        if (!match.Success
            || !TryParseRow(match.Groups[2].Value, 0, out var start)
            || !TryParseRow(match.Groups[3].Value, null, out var end))
        {
            throw new ConfigurationException(
                $"'{text}': a row range is written FILE[first:after_last], FILE[first:] or FILE[:after_last], with rows from 0");
        }

        return end <= start
            ? throw new ConfigurationException($"'{text}': the row range holds no row; it is half-open, [first:after_last]")
            : new EventFileSpec(match.Groups[1].Value, start!.Value, end);
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => this switch
    {
        { Start: 0, End: null } => Path,
        { End: null } => string.Create(CultureInfo.InvariantCulture, $"{Path}[{Start}:]"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Path}[{Start}:{End}]"),
    };

    /// <summary>The row after the last in a file of <paramref name="rowCount"/> rows.</summary>
    /// <exception cref="ConfigurationException">The range goes beyond the file.</exception>
    public long EndIn(long rowCount) => Start >= rowCount || End > rowCount
        ? throw new ConfigurationException($"'{this}': the row range goes beyond the file, which has {rowCount} rows")
        : End ?? rowCount;

    private static bool TryParseRow(string text, long? missing, out long? row)
    {
        row = missing;
        if (text.Length == 0)
        {
            return true;
        }

        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        row = value;
        return isNumber;
    }

    [GeneratedRegex(@"^(.+)\[\s*(\d*)\s*:\s*(\d*)\s*\]$")]
    private static partial Regex RangePattern();
}
