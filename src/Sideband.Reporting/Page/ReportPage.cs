using System.Globalization;
using System.Text.Json.Nodes;
using Sideband.Reporting.Charts;
using Sideband.Reporting.Charts.Svg;
using Sideband.Reporting.Charts.VegaLite;
using Sideband.Reporting.Figures;
using Sideband.Reporting.Page.Sections;
using Sideband.Reporting.Runs;
using Sideband.Reporting.Terminal;
using Sideband.Search.Results;

namespace Sideband.Reporting.Page;

/// <summary>
/// A report as one HTML file that needs nothing else: text and tables are in it as they are, figures as specifications and data that
/// the embedded chart runtime draws, or, in a build without it, as SVG. Its content security policy forbids every request.
/// </summary>
public static class ReportPage
{
    private static readonly string[] Performance = ["sic", "sic_rejection", "roc"];
    private static readonly string[] Calibration = ["null_distribution", "calibration_curve", "local_to_global"];
    private static readonly string[] Training = ["training", "early_stopping"];

    private const string Policy =
        "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:";

    private static readonly Html NoCharts = Html.Of(
        $"""<p class="facts">The figures are drawn without the chart runtime, which this build of Sideband lacks (npm was not there """
        + $"when it was built): they have the same numbers, but no values beside the pointer and no PNG.</p>");

    /// <param name="runs">One run, or several that are shown side by side.</param>
    /// <param name="figures">The figures of each.</param>
    public static string Write(IReadOnlyList<ReportedRun> runs, IReadOnlyList<IReadOnlyList<Figure>> figures) =>
        Write(runs, figures, ChartRuntime.IsEmbedded);

    /// <param name="charts">False makes the page of a build without the chart runtime.</param>
    internal static string Write(IReadOnlyList<ReportedRun> runs, IReadOnlyList<IReadOnlyList<Figure>> figures, bool charts)
    {
        var title = runs.Count == 1
            ? $"Sideband: {runs[0].Result.Method} on {Input(runs[0])}"
            : "Sideband: " + string.Join(" | ", runs.Select(run => run.Name));
        Section[] sections = [.. Sections(runs, figures)];
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
            {Header(runs, title)}
            <main>
            {(charts ? Html.Empty : NoCharts)}
            <nav class="contents">{sections.Select(section => Html.Of($"""<a href="#{section.Id}">{section.Title}</a>"""))}</nav>
            {sections.Select(section => Html.Of(
                $"""<section id="{section.Id}"><h2>{section.Title}</h2>{section.Content}</section>{"\n"}"""))}
            </main>
            <script type="application/json" id="report-data">{new Html(Data(runs, figures, charts).ToJsonString())}</script>
            {(charts ? Scripts() : Html.Empty)}
            <script>{Script(Asset.Read("Assets/page.js"))}</script>
            </body>
            </html>

            """).Markup;
    }

    private static Html Header(IReadOnlyList<ReportedRun> runs, string title)
    {
        var windows = runs.SelectMany(run => run.Result.Windows)
            .DistinctBy(window => window.Number)
            .OrderBy(window => window.Number)
            .ToArray();
        var first = runs[0].FirstWindow;
        Html Selected(WindowResult window) => window.Number == first ? new Html(" selected") : Html.Empty;
        Html Masses(WindowResult window) => Html.Of($"{Numbers.Mass(window.Low)} - {Numbers.Mass(window.High)}");
        var options = windows.Select(window => Html.Of(
            $"""<option value="{window.Number}"{Selected(window)}>{window.Number}: {Masses(window)}</option>"""));
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

    private static IEnumerable<Section> Sections(IReadOnlyList<ReportedRun> runs, IReadOnlyList<IReadOnlyList<Figure>> figures)
    {
        string[] names = [.. runs.Select(run => run.Name)];
        Html Cards(Func<string, bool> belongs) => FigureCards.Of(names, figures, belongs);
        Html PerRun(Func<ReportedRun, Html> content) => Html.Join(
            runs.Select(run => runs.Count == 1 ? content(run) : Html.Of($"{RunHeading(run)}{content(run)}")));

        Html Told(ReportedRun run) =>
            Html.Of($"<div>{(runs.Count == 1 ? Html.Empty : RunHeading(run))}{ResultTables.Verdicts(run)}{Facts(run)}</div>");

        yield return new Section("verdict", "Verdict", Html.Of($"""<div class="runs-{runs.Count}">{runs.Select(Told)}</div>"""));
        yield return new Section(
            "significance",
            "Significance",
            Html.Of(
                $"{Cards(kind => kind is "significance" or "counts")}"
                + $"<details><summary>all numbers</summary>"
                + $"""<div class="numbers">{PerRun(run => ResultTables.Windows(run.Result))}</div></details>"""));
        if (figures.Any(of => of.Any(figure => Calibration.Contains(figure.Kind))))
        {
            yield return new Section("calibration", "Calibration of the p-values", Cards(Calibration.Contains));
        }

        yield return new Section(
            "systematics",
            "Systematic shift of the background estimate",
            Html.Of(
                $"{Cards(kind => kind.StartsWith("delta_sys", StringComparison.Ordinal))}"
                + $"{PerRun(run => Html.Of($"{ResultTables.Shifts(run.Result)}{ResultTables.Templates(run.Result)}"))}"));
        if (runs.Any(run => run.Result.Fits.Count > 0))
        {
            yield return new Section(
                "fits",
                "Bump hunt on the spectra after the cuts",
                Html.Of($"{Cards(kind => kind.StartsWith("fit_", StringComparison.Ordinal))}{PerRun(run => FitTables.Of(run.Result))}"));
        }

        if (figures.Any(of => of.Any(figure => figure.Kind == "mass")))
        {
            yield return new Section("mass", "Mass spectrum and scores", Cards(kind => kind is "mass" or "scores"));
            yield return new Section(
                "features",
                "Features: signal-region data against the template",
                Cards(kind => kind.StartsWith("feature_", StringComparison.Ordinal)));
        }

        if (figures.Any(of => of.Any(figure => Performance.Contains(figure.Kind))))
        {
            yield return new Section(
                "performance",
                "Performance, by labels",
                Html.Of($"{Cards(Performance.Contains)}{PerRun(run => ResultTables.Tests(run.Result))}"));
        }

        if (figures.Any(of => of.Any(figure => Training.Contains(figure.Kind))))
        {
            yield return new Section("training", "Training", Cards(Training.Contains));
        }

        yield return new Section("checks", "Checks of the tables", PerRun(run => TableChecks.Of(run.Result)));
        yield return new Section("problems", "Failures and dropped events", PerRun(run => RunAccount.Problems(run.Result)));
        yield return new Section("origin", "Settings, inputs and how to repeat the run", PerRun(RunAccount.Origin));
    }

    private static Html RunHeading(ReportedRun run) => Html.Of($"""<h3 class="run-heading">{run.Name}</h3>""");

    private sealed record Section(string Id, string Title, Html Content);

    private static Html Facts(ReportedRun run) => Html.Of(
        $"""<p class="facts">{run.Result.Method} on {Input(run)}; mass {run.Result.Mass}; """
        + $"features {string.Join(", ", run.Result.Features)}; {Profile(run.Result)}; "
        + $"{Errors(run.Result)}{Injected(run)}.</p>");

    // A profile's numbers may have been set otherwise.
    private static string Profile(ScanResult result)
    {
        var settings = result.Provenance.Settings;
        return $"profile {result.Profile}"
            + (settings.TryGetValue("runs", out var runs) && settings.TryGetValue("members", out var members)
                ? $", {runs} run{(runs == "1" ? "" : "s")} of {members} classifier{(members == "1" ? "" : "s")}"
                : "");
    }

    private static string Errors(ScanResult result) => result.SignificanceKind == "statistical_only"
        ? "statistical errors only, no δ_sys: every S overstates what is known"
        : $"δ_sys from {result.DeltaSysEstimate}, σ_sys by {result.SigmaSysRule}";

    private static string Input(ReportedRun run) => Wording.InputName.OfData(run.Result);

    private static string Injected(ReportedRun run) =>
        run.Result.Inputs.FirstOrDefault(input => input.Role == "inject") is { } inject
            ? string.Create(CultureInfo.InvariantCulture, $"; {inject.Used} signal events injected")
            : "";

    private static JsonObject Data(IReadOnlyList<ReportedRun> runs, IReadOnlyList<IReadOnlyList<Figure>> figures, bool charts) => new()
    {
        ["runs"] = new JsonArray([.. runs.Select(run => (JsonNode)run.Name)]),
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
