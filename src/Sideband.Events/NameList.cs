using System.Text;

namespace Sideband.Events;

/// <summary>
/// Names in one text, separated by commas; a name with a comma stands between double quotes, and a quote in it is doubled.
/// </summary>
public static class NameList
{
    private const char Quote = '"';

    /// <summary>The names, without the blanks around them.</summary>
    public static IReadOnlyList<string> Split(string text) => [.. Parts(text).Select(part => part.Name)];

    /// <summary>Likewise, and whether each stands between quotes.</summary>
    internal static IReadOnlyList<(string Name, bool IsQuoted)> Parts(string text)
    {
        var names = new List<(string, bool)>();
        var name = new StringBuilder();
        var (quoted, closed) = (false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (quoted && letter == Quote && i + 1 < text.Length && text[i + 1] == Quote)
            {
                name.Append(Quote);
                i++;
            }
            else if (letter == Quote && (quoted || string.IsNullOrWhiteSpace(name.ToString())))
            {
                // Blanks before the quote are none of the name's.
                _ = quoted ? name : name.Clear();
                (quoted, closed) = (!quoted, quoted);
            }
            else if (letter == ',' && !quoted)
            {
                Take();
            }
            else if (quoted || !closed)
            {
                name.Append(letter);
            }
        }

        Take();
        return names;

        void Take()
        {
            names.Add((closed ? name.ToString() : name.ToString().Trim(), closed));
            name.Clear();
            closed = false;
        }
    }

    /// <summary>The text that <see cref="Split"/> reads.</summary>
    public static string Join(IEnumerable<string> names) => string.Join(',', names.Select(Quoted));

    /// <summary>A name as it stands in a list.</summary>
    public static string Quoted(string name) => name.Contains(',') || name.StartsWith(Quote) ? BetweenQuotes(name) : name;

    internal static string BetweenQuotes(string name) => Quote + name.Replace("\"", "\"\"", StringComparison.Ordinal) + Quote;
}
