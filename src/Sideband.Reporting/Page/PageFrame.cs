using System.Text.Json.Nodes;
using Sideband.Reporting.Charts;
using Sideband.Reporting.Charts.Svg;
using Sideband.Reporting.Charts.VegaLite;
using Sideband.Reporting.Figures;
using Sideband.Reporting.Runs;
using Sideband.Reporting.Terminal;

namespace Sideband.Reporting.Page;

/// <summary>
/// A page as one HTML file that needs nothing else: text and tables are in it as they are, figures as specifications and data that
/// the embedded chart runtime draws, or, in a build without it, as SVG. Its content security policy forbids every request.
/// </summary>
internal static class PageFrame
{
    private const string Policy =
        "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:";

    private static readonly Html NoCharts = Html.Of(
        $"""<p class="facts">The figures are drawn without the chart runtime, which this build of Sideband lacks (npm was not there """
        + $"when it was built): they have the same numbers, but no values beside the pointer and no PNG.</p>");

    /// <param name="title">Of the page, and its heading.</param>
    /// <param name="windows">Windows that figures can be chosen of.</param>
    /// <param name="first">Number of the one that is shown first.</param>
    /// <param name="sections">From above to below.</param>
    /// <param name="names">What the figures' cards belong to: runs, or one name for all.</param>
    /// <param name="figures">The figures of each name.</param>
    /// <param name="charts">False makes the page of a build without the chart runtime.</param>
    public static string Write(
        string title,
        IReadOnlyList<PageWindow> windows,
        int first,
        IEnumerable<PageSection> sections,
        IReadOnlyList<string> names,
        IReadOnlyList<IReadOnlyList<Figure>> figures,
        bool charts)
    {
        PageSection[] all = [.. sections];
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{new Html(Policy)}">
            <title>{title}</title>
            <style>{new Html(Asset.Read("Assets/page.css"))}</style>
            </head>
            <body>
            {Header(title, windows, first)}
            <main>
            {(charts ? Html.Empty : NoCharts)}
            <nav class="contents">{all.Select(section => Html.Of($"""<a href="#{section.Id}">{section.Title}</a>"""))}</nav>
            {all.Select(section => Html.Of(
                $"""<section id="{section.Id}"><h2>{section.Title}</h2>{section.Content}</section>{"\n"}"""))}
            </main>
            <script type="application/json" id="report-data">{new Html(Data(names, figures, charts).ToJsonString())}</script>
            {(charts ? Scripts() : Html.Empty)}
            <script>{Script(Asset.Read("Assets/page.js"))}</script>
            </body>
            </html>

            """).Markup;
    }

    private static Html Header(string title, IReadOnlyList<PageWindow> windows, int first)
    {
        Html Selected(PageWindow window) => window.Number == first ? new Html(" selected") : Html.Empty;
        var options = windows.Select(window => Html.Of(
            $"""<option value="{window.Number}"{Selected(window)}>{window.Number}: {window.Masses}</option>"""));
        return Html.Of($"""
            <header>
            <h1>{title}</h1>
            <div class="controls">
            <label>window <select id="window">{options}</select></label>
            <button id="theme" type="button">light / dark</button>
            </div>
            </header>
            """);
    }

    private static JsonObject Data(IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<Figure>> figures, bool charts) => new()
    {
        ["runs"] = new JsonArray([.. names.Select(name => (JsonNode)name)]),
        ["style"] = VegaLiteWriter.Style(),
        ["dark"] = new JsonObject(ChartColours.Dark.Select(colour => KeyValuePair.Create(colour.Key, (JsonNode?)colour.Value))),
        ["figures"] = new JsonArray([.. figures.SelectMany((of, r) => of.Select(figure => new JsonObject
        {
            ["run"] = r,
            ["kind"] = figure.Kind,
            ["window"] = figure.Window,
            ["file"] = figure.FileName,
            ["title"] = figure.Title,
            ["caption"] = figure.Caption,
            ["specification"] = figure.Specification(),
            ["svg"] = charts ? null : SvgWriter.Write(figure, ChartStyle.FileWidth, null),
            ["columns"] = new JsonArray([.. figure.Data.Columns.Select(column => (JsonNode)column)]),
            ["rows"] = figure.Data.ToJson(),
        }))]),
    };

    private static Html Scripts()
    {
        var licence = new Html(ChartRuntime.Licence.Replace("--", "- -", StringComparison.Ordinal));
        var scripts = ChartRuntime.Scripts().Select(script => Html.Of($"<script>{Script(script)}</script>\n"));
        return Html.Of($"<!--\n{licence}\n-->\n{scripts}");
    }

    // Inside a script element only these two would be read as markup; in JavaScript the backslash changes nothing.
    private static Html Script(string script) => new(
        script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)
            .Replace("<!--", "<\\!--", StringComparison.Ordinal));
}

/// <summary>A window in the page's chooser.</summary>
/// <param name="Masses">Its limits; those of each run where the runs' windows of this number are not the same.</param>
internal sealed record PageWindow(int Number, string Masses)
{
    public static PageWindow Of(int number, double low, double high) => new(number, $"{Numbers.Mass(low)} - {Numbers.Mass(high)}");

    /// <summary>The windows of several runs, by their numbers.</summary>
    public static IReadOnlyList<PageWindow> Of(IReadOnlyList<ReportedRun> runs) =>
    [
        .. runs.SelectMany(run => run.Result.Windows.Select(window => (run.Name, Page: Of(window.Number, window.Low, window.High))))
            .GroupBy(entry => entry.Page.Number)
            .OrderBy(same => same.Key)
            .Select(same => same.Select(entry => entry.Page).Distinct().Count() == 1
                ? same.First().Page
                : new PageWindow(same.Key, string.Join("; ", same.Select(entry => $"{entry.Page.Masses} in {entry.Name}")))),
    ];
}

/// <summary>A part of a page.</summary>
/// <param name="Id">For links to it.</param>
internal sealed record PageSection(string Id, string Title, Html Content);
