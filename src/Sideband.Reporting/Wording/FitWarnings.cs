using System.Globalization;
using Sideband.Reporting.Terminal;
using Sideband.Search.Results;

namespace Sideband.Reporting.Wording;

/// <summary>What a reader of fits must know, one line each.</summary>
public static class FitWarnings
{
    private const string Way =
        "the scores of lacathode do not know the mass, nor do those of cathode with 'sideband fit DIR --score reference'";

    private static readonly (string Flag, string Meaning)[] Flags =
    [
        (
            PointFlag.ClaimWithheld,
            "nothing is claimed in these windows, as in the search, and there are no p-values (claim_withheld or state in windows[])"),
        ("poor_fit", "the function does not describe the sidebands (goodness of fit below 0.01)"),
        ("spurious_signal", "spurious signal above 0.2 of the error on S, counted as an error of S"),
        ("bias_not_tested", "the spurious signal with some background of another form is not known, and no part of the error on S"),
        (
            "few_events",
            "fewer than 10 background events in the window: Z and limits of formulae are rough (by toys: p_toys, limit_toys in fits[])"),
        ("copies", "events are there several times: the fits count each of them once, the search every copy"),
    ];

    public static IEnumerable<string> Of(ScanResult result)
    {
        FitResult[] windows = [.. result.Fits.Where(fit => !fit.Scan)];
        foreach (var cut in windows.Where(fit => fit.Sculpting.Sculpts == true).GroupBy(fit => fit.EpsilonB))
        {
            var worst = cut.MaxBy(fit => fit.Sculpting.Chi2)!;
            yield return string.Create(CultureInfo.InvariantCulture,
                $"the score sculpts the mass spectrum of background at {At(cut.Key)} in window{(cut.Count() > 1 ? "s" : "")} ")
                + string.Join(", ", cut.Select(fit => fit.Number))
                + string.Create(CultureInfo.InvariantCulture,
                    $" (chi2 per degree of freedom up to {worst.Sculpting.Chi2:0.00}, ")
                + string.Create(CultureInfo.InvariantCulture, $"random subsets up to {worst.Sculpting.RandomLargest:0.00}): ")
                + $"Z is not that of a bump alone; {Way}";
        }

        FitResult[] cuts = [.. windows.Where(fit => fit.EpsilonB is not null)];
        foreach (var same in cuts.Where(fit => fit.Sculpting.Sculpts is null).GroupBy(fit => fit.Sculpting.Reason))
        {
            yield return "whether the score sculpts the mass spectrum was not checked"
                + (same.Count() < cuts.Length ? $" at {Places(same)}" : "") + $": {same.Key}";
        }

        foreach (var (flag, meaning) in Flags)
        {
            var flagged = windows.Where(fit => fit.Flags.Contains(flag)).ToArray();
            if (flagged.Length > 0)
            {
                yield return $"{meaning}: {Places(flagged)}";
            }
        }

        if (TemplateShift.Warning(result, cuts, Places) is { } shift)
        {
            yield return shift;
        }

        if (Calibration(result) is { } calibration)
        {
            yield return calibration;
        }

        foreach (var failed in windows.Where(fit => Failed(fit)))
        {
            yield return $"window {failed.Number}, {At(failed.EpsilonB)}: {failed.Reason}";
        }
    }

    // That nothing is claimed is said of all such windows together.
    private static bool Failed(FitResult fit) =>
        fit.Reason is not null && !(fit.Flags.Contains(PointFlag.ClaimWithheld) && fit.Significance.Mean is not null);

    /// <summary>Says that experiments with spectra were added after the fits were made; null where none were.</summary>
    public static string? Calibration(ScanResult result)
    {
        FitResult[] ranked = [.. result.Fits.Where(fit => fit is { Scan: false, EpsilonB: not null, Score: "event" }
            && !fit.Flags.Contains(PointFlag.ClaimWithheld))];
        if (ranked.Length == 0 || result.Calibrations.LastOrDefault(made => made is { Spectra: true, Experiments: > 0 }) is not { } last)
        {
            return null;
        }

        var entered = ranked.Max(fit => fit.PLocalCalibrated is { } p && p.Kind == last.Kind ? p.Experiments : 0);
        return entered < last.Experiments
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"fits are calibrated by {entered} of {last.Experiments} experiments that kept spectra: repeat 'sideband fit'")
            : null;
    }

    private static string Places(IEnumerable<FitResult> fits) => string.Join("; ", fits.GroupBy(fit => fit.EpsilonB)
        .Select(cut => $"{At(cut.Key)} in window {string.Join(", ", cut.Select(fit => fit.Number))}"));

    /// <summary>The cut as it is written in a table.</summary>
    public static string At(double? epsilon) => epsilon is { } value ? $"ε_B = {Numbers.Efficiency(value)}" : "no cut";
}
