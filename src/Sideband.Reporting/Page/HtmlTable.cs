using System.Globalization;

namespace Sideband.Reporting.Page;

/// <summary>Tables and their cells. A number is shown rounded and carries its exact value, as results.json has it, in data-value.</summary>
internal static class HtmlTable
{
    // Characters of a name or a reason in a few words, at most.
    private const int Sentence = 40;

    public static Html Of(IEnumerable<string> headers, IEnumerable<IEnumerable<Html>> rows) => Html.Of($"""
        <div class="scroll"><table>
        <thead><tr>{headers.Select(header => Html.Of($"<th>{header}</th>"))}</tr></thead>
        <tbody>{rows.Select(row => Html.Of($"<tr>{row}</tr>\n"))}</tbody>
        </table></div>

        """);

    /// <summary>A sentence has a column wide enough to be read on a phone, where the table scrolls.</summary>
    public static Html Text(string? text) =>
        text is { Length: > Sentence } ? Html.Of($"""<td class="words">{text}</td>""") : Html.Of($"<td>{text}</td>");

    /// <param name="key">Where the number stands in results.json, for example "windows.5.1.n_obs.mean".</param>
    /// <param name="value">The exact number; null shows a dash.</param>
    /// <param name="shown">As it is shown.</param>
    /// <param name="reason">Why there is no number.</param>
    public static Html Number(string key, double? value, string shown, string? reason = null) => value is { } number
        ? Html.Of($"""<td class="n" data-key="{key}" data-value="{Exact(number)}" title="{Exact(number)}">{shown}</td>""")
        : Html.Of($"""<td class="n" data-key="{key}" data-value="" title="{reason ?? "not defined"}">–</td>""");

    private static string Exact(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
