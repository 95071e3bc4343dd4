using System.Globalization;
using Sideband.Reporting.Figures;
using Sideband.Reporting.Page.Sections;
using Sideband.Reporting.Runs;
using Sideband.Search.Results;

namespace Sideband.Reporting.Page;

/// <summary>
/// The report of one run, or of several side by side, as one HTML file (<see cref="PageFrame"/>).
/// </summary>
public static class ReportPage
{
    private static readonly string[] Performance = ["sic", "sic_rejection", "roc"];
    private static readonly string[] Calibration = ["null_distribution", "calibration_curve", "local_to_global"];
    private static readonly string[] Limits = ["limits", "sensitivity", "injection_significance", "injection_efficiency"];
    private static readonly string[] Training = ["training", "early_stopping"];

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
        return PageFrame.Write(
            title, PageWindow.Of(runs), runs[0].FirstWindow, Sections(runs, figures), [.. runs.Select(run => run.Name)], figures, charts);
    }

    private static IEnumerable<PageSection> Sections(IReadOnlyList<ReportedRun> runs, IReadOnlyList<IReadOnlyList<Figure>> figures)
    {
        string[] names = [.. runs.Select(run => run.Name)];
        Html Cards(Func<string, bool> belongs) => FigureCards.Of(names, figures, belongs);
        Html PerRun(Func<ReportedRun, Html> content) => Html.Join(
            runs.Select(run => runs.Count == 1 ? content(run) : Html.Of($"{RunHeading(run)}{content(run)}")));

        Html Told(ReportedRun run) =>
            Html.Of($"<div>{(runs.Count == 1 ? Html.Empty : RunHeading(run))}{ResultTables.Verdicts(run)}{Facts(run)}</div>");

        yield return new PageSection(
            "verdict", "Verdict", Html.Of($"""<div class="runs-{runs.Count}">{runs.Select(Told)}</div>{OtherWindows(runs)}"""));
        yield return new PageSection(
            "significance",
            "Significance",
            Html.Of(
                $"{Cards(kind => kind is "significance" or "counts")}"
                + $"<details><summary>all numbers</summary>"
                + $"""<div class="numbers">{PerRun(run => ResultTables.Windows(run.Result))}</div></details>"""));
        if (figures.Any(of => of.Any(figure => Calibration.Contains(figure.Kind))))
        {
            yield return new PageSection("calibration", "Calibration of the p-values", Cards(Calibration.Contains));
        }

        if (figures.Any(of => of.Any(figure => Limits.Contains(figure.Kind))))
        {
            yield return new PageSection(
                "limits",
                "Injected signal and upper limits",
                Html.Of($"{Cards(Limits.Contains)}{PerRun(run => ResultTables.Limits(run.Result))}"));
        }

        yield return new PageSection(
            "systematics",
            "Systematic shift of the background estimate",
            Html.Of(
                $"{Cards(kind => kind.StartsWith("delta_sys", StringComparison.Ordinal))}"
                + $"{PerRun(run => Html.Of($"{ResultTables.Shifts(run.Result)}{ResultTables.Templates(run.Result)}"))}"));
        if (runs.Any(run => run.Result.Fits.Count > 0))
        {
            yield return new PageSection(
                "fits",
                "Bump hunt on the spectra after the cuts",
                Html.Of($"{Cards(kind => kind.StartsWith("fit_", StringComparison.Ordinal))}{PerRun(run => FitTables.Of(run.Result))}"));
        }

        if (figures.Any(of => of.Any(figure => figure.Kind == "mass")))
        {
            yield return new PageSection("mass", "Mass spectrum and scores", Cards(kind => kind is "mass" or "scores"));
            yield return new PageSection(
                "features",
                "Features: signal-region data against the template",
                Cards(kind => kind.StartsWith("feature_", StringComparison.Ordinal)));
        }

        if (figures.Any(of => of.Any(figure => Performance.Contains(figure.Kind))))
        {
            yield return new PageSection(
                "performance",
                "Performance, by labels",
                Html.Of($"{Cards(Performance.Contains)}{PerRun(run => ResultTables.Tests(run.Result))}"));
        }

        if (figures.Any(of => of.Any(figure => Training.Contains(figure.Kind))))
        {
            yield return new PageSection("training", "Training", Cards(Training.Contains));
        }

        yield return new PageSection("checks", "Checks of the tables", PerRun(run => TableChecks.Of(run.Result)));
        yield return new PageSection("problems", "Failures and dropped events", PerRun(run => RunAccount.Problems(run.Result)));
        yield return new PageSection("origin", "Settings, inputs and how to repeat the run", PerRun(RunAccount.Origin));
    }

    // Figures are chosen by the windows' numbers.
    private static Html OtherWindows(IReadOnlyList<ReportedRun> runs)
    {
        int[] numbers =
        [
            .. runs.SelectMany(run => run.Result.Windows).GroupBy(window => window.Number)
                .Where(same => same.Select(window => (window.Low, window.High)).Distinct().Count() > 1)
                .Select(same => same.Key).Order(),
        ];
        return numbers.Length == 0 ? Html.Empty : Html.Of(
            $"""<p class="note">The runs have different windows: of one number, {string.Join(", ", numbers)}, they lie at other """
            + $"masses, which the choice above names. What stands side by side for them is not the same mass.</p>");
    }

    private static Html RunHeading(ReportedRun run) => Html.Of($"""<h3 class="run-heading">{run.Name}</h3>""");

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
                : "")
            + (settings.TryGetValue("features_per_member", out var drawn)
                ? $" that see {drawn} of the {result.Features.Count} features each"
                : "");
    }

    private static string Errors(ScanResult result) => result.HasStatisticalErrorsOnly
        ? "statistical errors only, no δ_sys: every S overstates what is known"
        : $"δ_sys from {result.DeltaSysEstimate}, σ_sys by {result.SigmaSysRule}";

    private static string Input(ReportedRun run) => Wording.InputName.OfData(run.Result);

    private static string Injected(ReportedRun run) =>
        run.Result.Inputs.FirstOrDefault(input => input.Role == "inject") is { } inject
            ? string.Create(CultureInfo.InvariantCulture, $"; {inject.Used} signal events injected")
            : "";
}
