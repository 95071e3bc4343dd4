using System.Globalization;
using Sideband.Inference.Calibration;
using Sideband.Reporting.Terminal;
using Sideband.Search.Results;

namespace Sideband.Reporting.Exports;

/// <summary>
/// What lies between two cuts of a window: working points nest, so that only their differences are independent and can enter one
/// likelihood.
/// </summary>
/// <param name="EpsilonB">Background efficiency of the cut that lets these events pass.</param>
/// <param name="Beyond">That of the next harder cut, which none of them passes; null in the hardest bin.</param>
/// <param name="Observed">N_obs, at least 0, mean over the runs that have both cuts.</param>
/// <param name="Background">N_exp, above 0, mean over the same runs.</param>
/// <param name="TemplateEvents">
/// Equivalent number of template events, above 0: n = 1/(sigma_exp^2 - sigma_sys^2), as a difference of both cuts; in a calibrated search
/// 1/(kappa/n + (kappa - 1)/b) with kappa of the looser cut and b the bin's background.
/// </param>
/// <param name="Shift">
/// One standard deviation of the common systematic shift, events: the difference of N_exp sigma_sys of both cuts, of either sign.
/// </param>
/// <param name="Signal">Signal events at mu = 1, at least 0.</param>
public sealed record ScoreBin(
    double EpsilonB, double? Beyond, double Observed, double Background, double TemplateEvents, double Shift, double Signal)
{
    /// <summary>Name of the bin in a window's workspace.</summary>
    public string Name => Beyond is { } harder
        ? $"eps_{Numbers.Efficiency(EpsilonB)}_to_{Numbers.Efficiency(harder)}"
        : $"eps_{Numbers.Efficiency(EpsilonB)}";

    /// <summary>The bins of a window, the loosest first, and one line for every working point that could not be made one.</summary>
    /// <param name="window">Counts.</param>
    /// <param name="signal">That of every cut of <see cref="Cuts"/>.</param>
    internal static (IReadOnlyList<ScoreBin> Bins, IReadOnlyList<string> Notes) Of(WindowResult window, WorkspaceSignal signal)
    {
        var (bins, notes) = (new List<ScoreBin>(), new List<string>());
        Cut? harder = null;
        foreach (var point in window.WorkingPoints.OrderBy(point => point.EpsilonB))
        {
            if (Statistical(point) is not { } statistical)
            {
                notes.Add(LeftOut(window, point, point.Reason ?? "no error is known"));
                continue;
            }

            var cut = new Cut(point, 1 / statistical, signal.Passing[point.EpsilonB]);
            var bin = cut.Beyond(harder);
            if (Fault(bin) is { } fault)
            {
                notes.Add(LeftOut(window, point, fault));
                continue;
            }

            bins.Insert(0, bin! with { TemplateEvents = 1 / Correlated(1 / bin.TemplateEvents, bin.Background, point) });
            harder = cut;
        }

        return (bins, notes);
    }

    /// <summary>Background efficiencies of the cuts that bins can be made of: those whose counts and errors are known.</summary>
    internal static IReadOnlyList<double> Cuts(WindowResult window) =>
        [.. window.WorkingPoints.Where(point => Statistical(point) is not null).Select(point => point.EpsilonB)];

    /// <summary>
    /// The relative variance of the background, without the shift, with kappa: (kappa - 1)/b + kappa v. Below 1, or not known, it is 1.
    /// </summary>
    /// <param name="variance">v, of independent scores.</param>
    /// <param name="background">b, events.</param>
    /// <param name="point">Has kappa.</param>
    internal static double Correlated(double variance, double background, WorkingPointResult point) =>
        CorrelatedBackground.RelativeVariance(background, variance, 0, point.Kappa?.Value ?? 1);

    private static string LeftOut(WindowResult window, WorkingPointResult point, string reason) => string.Create(
        CultureInfo.InvariantCulture, $"window {window.Number}, eps_B = {Numbers.Efficiency(point.EpsilonB)}: left out, {reason}");

    // sigma_exp^2 - sigma_sys^2; null where counts or errors are not known.
    private static double? Statistical(WorkingPointResult point) =>
        ExportCaveats.Separates(point)
            && point is { NObs.Mean: not null, NExp.Mean: not null, SigmaExp: { } sigma, SigmaSys: { } systematic }
            && (sigma * sigma) - (systematic * systematic) is > 0 and var variance
            ? variance
            : null;

    private static string? Fault(ScoreBin? bin) =>
        bin is null ? "no run has both this cut and the next harder one"
        : !(bin.Observed >= 0) ? "fewer events pass it than the next harder cut"
        : !(bin.Background > 0 && bin.TemplateEvents > 0 && bin.Background + bin.Shift > 0)
            ? "no background is expected between it and the next harder cut"
        : null;

    // Everything that passes one cut; sums, so that differences are of what lies between two.
    private sealed record Cut(WorkingPointResult Point, double TemplateEvents, double Signal)
    {
        // A run that failed at one cut is no part of the difference: its other count would stand against counts of other runs.
        public ScoreBin? Beyond(Cut? harder)
        {
            int[] runs = [.. Enumerable.Range(0, Point.NObs.Runs.Count).Where(run => Has(run) && harder?.Has(run) != false)];
            if (runs.Length == 0)
            {
                return null;
            }

            var (expected, expectedBeyond) = (Mean(Point.NExp, runs), harder is null ? 0 : Mean(harder.Point.NExp, runs));
            return new ScoreBin(
                Point.EpsilonB,
                harder?.Point.EpsilonB,
                Mean(Point.NObs, runs) - (harder is null ? 0 : Mean(harder.Point.NObs, runs)),
                expected - expectedBeyond,
                TemplateEvents - (harder?.TemplateEvents ?? 0),
                (expected * Point.SigmaSys!.Value) - (expectedBeyond * (harder?.Point.SigmaSys ?? 0)),
                Math.Max(0, Signal - (harder?.Signal ?? 0)));
        }

        private bool Has(int run) =>
            Point.NObs.Runs.ElementAtOrDefault(run) is not null && Point.NExp.Runs.ElementAtOrDefault(run) is not null;

        private static double Mean(RunValues values, int[] runs) => runs.Average(run => values.Runs[run]!.Value);
    }
}
