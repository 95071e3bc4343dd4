using Sideband.Events;
using Sideband.Inference.BumpHunt;
using Sideband.Search.Results;

namespace Sideband.Search.Fits;

/// <summary>
/// The pictures of one window's fits: spectrum, fit, band and pulls of the first run that has a fit, without a cut and at each working
/// point.
/// </summary>
internal static class FitSummary
{
    /// <param name="window">The window.</param>
    /// <param name="cuts">Without a cut, then one a working point.</param>
    /// <param name="hunts">[cut][run].</param>
    public static WindowSummary Of(MassWindow window, IReadOnlyList<SelectedMasses> cuts, IReadOnlyList<EnhancedBumpHunt[]> hunts)
    {
        EnhancedBumpHunt[] shown = [.. hunts.Select(FitResults.Shown)];

        // One window has one set of bins, whatever the cut; a fit that failed has none.
        var bins = shown.MaxBy(hunt => hunt.Curve.Count)!.Curve;
        SummaryArray Matrix(string name, string meaning, Func<SpectrumPoint, double> value) => SummaryArray.Matrix(
            name,
            "[cut, bin] " + meaning,
            [.. shown.Select(hunt => (double[])[.. Enumerable.Range(0, bins.Count).Select(i =>
                hunt.Curve.Count == 0 ? double.NaN : value(hunt.Curve[i]))])]);

        return new WindowSummary(window.Number, window.SignalRegion.Low, window.SignalRegion.High,
        [
            SummaryArray.Vector(
                "fit_cuts", "background efficiencies of the cuts; undefined: no cut", [.. cuts.Select(cut => cut.EpsilonB ?? double.NaN)]),
            SummaryArray.Vector("fit_low", "lower limit of each bin", [.. bins.Select(bin => bin.Range.Low)]),
            SummaryArray.Vector("fit_high", "upper limit of each bin", [.. bins.Select(bin => bin.Range.High)]),
            SummaryArray.Vector(
                "fit_in_window", "1 for bins of the window, which the fit did not see", [.. bins.Select(bin => bin.InWindow ? 1.0 : 0)]),
            Matrix("fit_observed", "events that pass, first run that has a fit", bin => bin.Observed),
            Matrix("fit_expected", "function fitted to the sidebands", bin => bin.Expected.Value.Value ?? double.NaN),
            Matrix("fit_error", "its standard error", bin => bin.Expected.Error.Value ?? double.NaN),
            Matrix("fit_pull", "(observed - expected)/error", bin => bin.Pull.Value ?? double.NaN),
        ]);
    }
}
