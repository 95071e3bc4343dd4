using System.Globalization;
using Sideband.Search.Results;
using Sideband.Search.Systematics;

namespace Sideband.Reporting.Wording;

/// <summary>
/// The template's own error beside the fits: a classifier that tells the window's background from a template that is off lets more (or
/// less) of it pass in the window than beside it, and no spectrum tells that from a signal.
/// </summary>
internal static class TemplateShift
{
    /// <summary>In errors on S; what is smaller hardly moves Z.</summary>
    private const double Tolerated = 0.5;

    /// <summary>The fits for which delta_sys is more than that, and how much at most; null where there is nothing to say.</summary>
    /// <param name="result">The search.</param>
    /// <param name="cuts">Its fits at windows, with a cut.</param>
    /// <param name="places">How places are written.</param>
    public static string? Warning(ScanResult result, FitResult[] cuts, Func<IEnumerable<FitResult>, string> places)
    {
        if (result.DeltaSysEstimate == GivenEstimate.None)
        {
            return cuts.Length == 0
                ? null
                : "delta_sys was not estimated (systematics none): how much of Z after a cut the template's error makes is not known";
        }

        var shifts = cuts.Select(fit => (Fit: fit, Errors: ErrorsOf(result, fit))).Where(shift => shift.Errors > Tolerated).ToArray();
        return shifts.Length == 0
            ? null
            : string.Create(
                    CultureInfo.InvariantCulture, $"delta_sys of the search is up to {shifts.Max(shift => shift.Errors):0.0} errors on S, ")
                + $"which the significance of the count has in it and Z of the fit has not: {places(shifts.Select(shift => shift.Fit))}";
    }

    // |delta_sys| eps_B N_SR over the error on S.
    private static double ErrorsOf(ScanResult result, FitResult fit)
    {
        var point = result.Windows.FirstOrDefault(window => window.Number == fit.Number)?.WorkingPoints
            .FirstOrDefault(known => known.EpsilonB == fit.EpsilonB);
        return point is { DeltaSys: { } shift, NExp.Mean: { } expected } && fit.SignalError.Mean is { } error and > 0
            ? Math.Abs(shift) * expected / (1 + shift) / error
            : 0;
    }
}
