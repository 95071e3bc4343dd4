using System.Globalization;
using System.Text.Json.Nodes;
using Sideband.Reporting.Runs;
using Sideband.Reporting.Terminal;
using Sideband.Search.Results;

namespace Sideband.Reporting.Exports;

/// <summary>
/// The tables of a run: counts, significances, what experiments say of both (calibrated p-values, upper limits), fits and their limits,
/// delta_sys, and the spectra of each window.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="unit">Unit of the mass; null where it is not known.</param>
/// <param name="energy">Energy of the collisions in GeV; null where it is not known.</param>
internal sealed class HepDataTables(ReportedRun run, string? unit, double? energy)
{
    // The flag of fits whose limit is one by toys.
    private const string FewEvents = "few_events";

    private ScanResult Result => run.Result;

    public IEnumerable<HepDataTable> All()
    {
        yield return Counts();
        yield return Significances();
        foreach (var table in new HepDataExperiments(Result, unit, Energy()).All())
        {
            yield return table;
        }

        if (Result.Fits.Count > 0)
        {
            yield return Fits();
        }

        if (Result.DeltaSys.Count > 0)
        {
            yield return Shifts();
        }

        foreach (var window in Result.Windows.Where(window => run.Summaries.ContainsKey(window.Number)))
        {
            yield return Spectrum(window);
        }
    }

    private HepDataTable Counts() => new(
        "Counts",
        "counts.yaml",
        "Events that pass the cut of each window and background efficiency, and the background that is expected; means over the trainings."
            + (Result.HasStatisticalErrorsOnly ? " Statistical errors only." : "")
            + $" {ExportCaveats.Kappa(Result)}{ExportCaveats.Description(Result)}",
        ["N"],
        [Windows()],
        [.. PerPoint((e, qualifiers) => (JsonObject[])
        [
            HepDataTable.Numbers("Observed events", qualifiers, Points(e, point =>
                (ExportCaveats.Separates(point) ? point.NObs.Mean : null, []))),
            HepDataTable.Numbers("Expected background", qualifiers, Points(e, point =>
                (ExportCaveats.Separates(point) ? point.NExp.Mean : null,
                [
                    ("stat", Statistical(point)),
                    ("delta_sys", point.NExp.Mean * point.SigmaSys),
                ]))),
        ])]);

    private HepDataTable Significances() => new(
        "Significances",
        "significances.yaml",
        "Signed significance of the counts, with its spread over the trainings, and the local p-value of its mean, which is asymptotic and "
            + "not calibrated."
            + (HepDataExperiments.AreCalibrated(Result) ? $" Calibrated ones are in the table '{HepDataExperiments.Calibrated}'." : "")
            + ExportCaveats.Description(Result),
        ["SIG"],
        [Windows()],
        [.. PerPoint((e, qualifiers) => (JsonObject[])
        [
            HepDataTable.Numbers(
                "Significance", qualifiers, Points(e, point => (point.Significance.Mean, [("trainings", point.Significance.Std)]))),
            HepDataTable.Numbers("Local p-value (uncalibrated)", qualifiers, Points(e, point => (point.PLocal, []))),
        ])]);

    private HepDataTable Fits()
    {
        FitResult[] fits = [.. Result.Fits.Where(fit => !fit.Scan)];
        (double? Value, (string, double?)[] Errors)[] Of(Func<FitResult, (double?, (string, double?)[])> value) => [.. fits.Select(value)];
        return new HepDataTable(
            "Bump hunt",
            "fits.yaml",
            "Fit of a falling function to the mass spectrum after each cut, beside the window: signal events, significance and 95 % CLs "
                + "upper limit, by toys where fewer than 10 background events are expected in the window (- where there are none, or some "
                + "failed), else the asymptotic one, which stands beside it everywhere. Cut 1 stands for no cut."
                + ExportCaveats.Description(Result),
            ["N", "LIMIT"],
            [
                HepDataTable.Bins(Result.Mass, unit, fits.Select(fit => (fit.Low, fit.High))),
                HepDataTable.Values("background efficiency of the cut", fits.Select(fit => (JsonNode)(fit.EpsilonB ?? 1))),
            ],
            [
                HepDataTable.Numbers("Signal events", Energy(), Of(fit => (fit.Signal.Mean, [("fit", fit.SignalError.Mean)]))),
                HepDataTable.Numbers("Significance", Energy(), Of(fit => (fit.Significance.Mean, [("trainings", fit.Significance.Std)]))),
                HepDataTable.Numbers("Upper limit on the signal events", Energy(), Of(fit =>
                    ((fit.Flags.Contains(FewEvents) ? fit.LimitToys : fit.Limit).Mean, []))),
                HepDataTable.Numbers("Asymptotic upper limit", Energy(), Of(fit => (fit.Limit.Mean, []))),
                HepDataTable.Numbers("Expected upper limit", Energy(), Of(fit => (fit.ExpectedLimit.Median, []))),
                .. HepDataExperiments.Columns("Calibrated local p-value", Energy(), [.. fits.Select(fit => fit.PLocalCalibrated)]),
                .. HepDataExperiments.Columns("Global p-value", Energy(), [.. fits.Select(fit => fit.PGlobal)]),
            ]);
    }

    private HepDataTable Shifts() => new(
        "Systematic shift",
        "delta_sys.yaml",
        $"Relative shift of the background estimate. The search used: {Result.DeltaSysEstimate}.",
        ["DELTA"],
        [
            HepDataTable.Values("estimate", Result.DeltaSys.Select(shift => (JsonNode)shift.Estimate)),
            HepDataTable.Values("background efficiency", Result.DeltaSys.Select(shift => (JsonNode)shift.EpsilonB)),
        ],
        [
            HepDataTable.Numbers("delta_sys", Energy(), Result.DeltaSys.Select(shift =>
                (shift.Mean, ((string, double?)[])[("uncertainty of the mean", shift.Uncertainty)]))),
            HepDataTable.Numbers("spread over windows", Energy(), Result.DeltaSys.Select(shift => (shift.Std, ((string, double?)[])[]))),
        ]);

    private HepDataTable Spectrum(WindowResult window)
    {
        var arrays = run.Summaries[window.Number];
        double?[] edges = arrays["mass_edges"];
        (double?, (string, double?)[])[] Column(double?[] events) => [.. events.Select(count => (count, ((string, double?)[])[]))];
        return new HepDataTable(
            string.Create(CultureInfo.InvariantCulture, $"Spectrum, window {window.Number}"),
            string.Create(CultureInfo.InvariantCulture, $"spectrum_window_{window.Number}.yaml"),
            $"Events in bins of {Result.Mass}, all of them and those that pass the cuts of the classifiers of window {window.Number} "
                + $"({Numbers.Mass(window.Low)} to {Numbers.Mass(window.High)}); means over the trainings.",
            ["N"],
            [HepDataTable.Bins(Result.Mass, unit, edges.Zip(edges.Skip(1), (low, high) => (low ?? 0, high ?? 0)))],
            [
                HepDataTable.Numbers("Events before the cut", Energy(), Column(arrays["mass_all"])),
                .. PerPoint((e, qualifiers) => (JsonObject[])
                    [HepDataTable.Numbers("Events that pass", qualifiers, Column(arrays["mass_passing"].Row(e)))]),
            ]);
    }

    private JsonObject Windows() => HepDataTable.Bins(Result.Mass, unit, Result.Windows.Select(window => (window.Low, window.High)));

    private IEnumerable<JsonObject> PerPoint(Func<int, (string, JsonNode, string?)[], JsonObject[]> columns) =>
        Result.Windows[0].WorkingPoints.SelectMany((point, e) =>
            columns(e, [("background efficiency", Numbers.Efficiency(point.EpsilonB), null), .. Energy()]).Select(column =>
                (JsonObject)column.DeepClone()));

    private IEnumerable<(double? Value, (string Label, double? Error)[] Errors)> Points(
        int e, Func<WorkingPointResult, (double?, (string, double?)[])> value) =>
        Result.Windows.Select(window => value(window.WorkingPoints[e]));

    private (string Name, JsonNode Value, string? Unit)[] Energy() =>
        energy is { } gev ? [("SQRT(S)", gev, "GeV")] : [];

    // With kappa, so that it is what N_obs may differ by from N_exp beyond the Poisson error.
    private static double? Statistical(WorkingPointResult point)
    {
        var variance = (point.SigmaExp * point.SigmaExp) - (point.SigmaSys * point.SigmaSys);
        return point.NExp.Mean is > 0 and var expected && variance is >= 0 and var known
            ? expected * Math.Sqrt(ScoreBin.Correlated(known, expected, point))
            : null;
    }
}
