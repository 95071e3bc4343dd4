using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Sideband.Events;

namespace Sideband.Reporting.Page;

/// <summary>
/// Markup. Made from an interpolated string, of which the literal parts are markup and every hole is text that is encoded, unless it is
/// markup itself: a column called "&lt;script&gt;" stays text wherever it is put.
/// </summary>
internal readonly record struct Html(string Markup)
{
    public static Html Empty { get; } = new("");

    public static Html Of(HtmlHandler handler) => new(handler.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.Markup)));

    public override string ToString() => Markup;
}

/// <summary>Builds <see cref="Html"/> from an interpolated string.</summary>
[InterpolatedStringHandler]
internal readonly struct HtmlHandler
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text;

    public HtmlHandler(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (16 * formattedCount));

    public void AppendLiteral(string markup) => _text.Append(markup);

    public void AppendFormatted(Html markup) => _text.Append(markup.Markup);

    public void AppendFormatted(IEnumerable<Html> markup)
    {
        foreach (var part in markup)
        {
            _text.Append(part.Markup);
        }
    }

    // A line feed of the page's own is no part of a name.
    public void AppendFormatted(string? text) => _text.Append(text is null or "\n" ? text : Encoder.Encode(ShownText.Of(text)));

    public void AppendFormatted(int number) => _text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{number}");

    public override string ToString() => _text.ToString();
}
