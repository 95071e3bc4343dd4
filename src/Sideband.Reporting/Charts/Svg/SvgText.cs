using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sideband.Reporting.Charts.Svg;

/// <summary>Words in an SVG file: encoded, and with the subscripts of the field's symbols set as such.</summary>
internal static partial class SvgText
{
    private const double SubscriptSize = 0.75;

    /// <summary>Text as markup. Letters that no XML file may hold are left out.</summary>
    public static string Encoded(string text)
    {
        var markup = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Where(IsAllowed))
        {
            markup.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                _ => rune.ToString(),
            });
        }

        return markup.ToString();
    }

    /// <summary>The same with ε_B, δ_sys, N_obs, m_jj, τ_21 and their like written with a subscript.</summary>
    public static string Typeset(string text, double size)
    {
        var (markup, place, down) = (new StringBuilder(), 0, SvgPath.Number(0.25 * size));
        foreach (Match symbol in Symbol().Matches(text))
        {
            Plain(text[place..symbol.Groups[2].Index].TrimEnd('_'));
            markup.Append(
                CultureInfo.InvariantCulture,
                $"""<tspan dy="{down}" font-size="{SvgPath.Number(SubscriptSize * size)}">{Encoded(symbol.Groups[2].Value)}</tspan>""");
            place = symbol.Index + symbol.Length;
        }

        Plain(text[place..]);
        return markup.ToString();

        // What follows a subscript is lifted back to the line.
        void Plain(string words) => markup.Append(
            place == 0 || words.Length == 0 ? Encoded(words) : $"""<tspan dy="-{down}">{Encoded(words)}</tspan>""");
    }

    /// <summary>Its width in pixels.</summary>
    public static double Width(string text, double size) => TextWidth.Of(text, size) - Symbol().Matches(text).Sum(
        symbol => TextWidth.Of("_" + symbol.Groups[2].Value, size) - TextWidth.Of(symbol.Groups[2].Value, SubscriptSize * size));

    private static bool IsAllowed(Rune rune) =>
        rune.Value is >= 0x20 and not 0x7F and not (0xFFFE or 0xFFFF);

    [GeneratedRegex(@"(?<![\p{L}\p{N}_])([εδσκτNSR]|Δ?m|ΔR)_(B|S|sys|stat|exp|obs|SR|BT|jj|JJ|J[12]?|c|[0-9]{2})(?![\p{L}\p{N}_])")]
    private static partial Regex Symbol();
}
