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
/// <param name="Observed">N_obs, mean over the runs.</param>
/// <param name="Background">N_exp, above 0.</param>
/// <param name="TemplateEvents">
/// Equivalent number of template events, above 0: n = 1/(sigma_exp^2 - sigma_sys^2), as a difference of both cuts; in a calibrated search
/// 1/(kappa/n + (kappa - 1)/b) with kappa of the looser cut and b the bin's background.
/// </param>
/// <param name="Shift">
/// One standard deviation of the common systematic shift, events: the difference of N_exp sigma_sys of both cuts, of either sign.
/// </param>
/// <param name="SignalEfficiency">Fraction of the window's signal that lies here; null where nothing tells it.</param>
public sealed record ScoreBin(
    double EpsilonB, double? Beyond, double Observed, double Background, double TemplateEvents, double Shift, double? SignalEfficiency)
{
    /// <summary>Name of the bin in a window's workspace.</summary>
    public string Name => Beyond is { } harder
        ? $"eps_{Numbers.Efficiency(EpsilonB)}_to_{Numbers.Efficiency(harder)}"
        : $"eps_{Numbers.Efficiency(EpsilonB)}";

    /// <summary>The bins of a window, the loosest first, and one line for every working point that could not be made one.</summary>
    /// <param name="window">Counts.</param>
    /// <param name="tests">Signal efficiencies by labelled test events; null where there are none.</param>
    public static (IReadOnlyList<ScoreBin> Bins, IReadOnlyList<string> Notes) Of(WindowResult window, TestMetricsResult? tests)
    {
        var (bins, notes) = (new List<ScoreBin>(), new List<string>());
        Cut? harder = null;
        foreach (var point in window.WorkingPoints.OrderBy(point => point.EpsilonB))
        {
            var signal = tests?.WorkingPoints.FirstOrDefault(test => test.EpsilonB == point.EpsilonB)?.EpsilonS;
            if (Cut.Of(point, signal) is not { } cut)
            {
                notes.Add(LeftOut(window, point, point.Reason ?? "no error is known"));
                continue;
            }

            var bin = cut.Beyond(harder);
            if (!(bin.Background > 0 && bin.TemplateEvents > 0 && bin.Background + bin.Shift > 0))
            {
                notes.Add(LeftOut(window, point, "no background is expected between it and the next harder cut"));
                continue;
            }

            bins.Insert(0, bin with { TemplateEvents = 1 / Correlated(1 / bin.TemplateEvents, bin.Background, point) });
            harder = cut;
        }

        return (bins, notes);
    }

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

    // Everything that passes one cut; sums, so that differences are of what lies between two.
    private sealed record Cut(double EpsilonB, double Observed, double Expected, double TemplateEvents, double Shift, double? Signal)
    {
        public static Cut? Of(WorkingPointResult point, double? signal) =>
            point is { NObs.Mean: { } observed, NExp.Mean: { } expected, SigmaExp: { } sigma, SigmaSys: { } systematic }
                && (sigma * sigma) - (systematic * systematic) is > 0 and var statistical
                ? new Cut(point.EpsilonB, observed, expected, 1 / statistical, expected * systematic, signal)
                : null;

        public ScoreBin Beyond(Cut? harder) => new(
            EpsilonB,
            harder?.EpsilonB,
            Observed - (harder?.Observed ?? 0),
            Expected - (harder?.Expected ?? 0),
            TemplateEvents - (harder?.TemplateEvents ?? 0),
            Shift - (harder?.Shift ?? 0),
            harder is null ? Signal : Signal - harder.Signal);
    }
}
