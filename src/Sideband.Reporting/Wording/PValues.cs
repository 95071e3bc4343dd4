using System.Globalization;
using Sideband.Numerics;
using Sideband.Reporting.Terminal;
using Sideband.Search.Results;

namespace Sideband.Reporting.Wording;

/// <summary>P-values in words, with how they were made.</summary>
internal static class PValues
{
    /// <summary>The local p-value of a working point: the calibrated one where there is one, else the asymptotic one.</summary>
    public static string Local(WorkingPointResult point) => point.PLocalCalibrated is { Value: not null } calibrated
        ? $", p_local {Of(calibrated)} calibrated"
        : point.PLocal is { } p ? $", p_local {Equal(p)}" : "";

    /// <summary>
    /// "= 0.021", or where no experiment reached the observed value "at most 5.0e-3 (extrapolated 1.2e-9)".
    /// </summary>
    public static string Of(CalibratedPValueResult p) =>
        p.Value is not { } value ? $"is not known ({p.Reason})"
        : !p.Bound ? Equal(value)
        : $"at most {Short(value)}" + (p.Extrapolated is { } beyond ? $" (extrapolated {Short(beyond.Value)})" : "");

    /// <summary>What all p-values of a search are, and whether they are corrected for trials.</summary>
    /// <param name="result">The search.</param>
    /// <param name="at">How a working point is written.</param>
    public static string Summary(ScanResult result, Func<double, string> at)
    {
        var trials = $"{result.Trials} trials looked at";
        if (result.Calibrations.Count == 0)
        {
            return $"{trials}; p-values are asymptotic, uncalibrated and not corrected for them";
        }

        var (calibration, global) = (result.Calibrations[^1], result.PGlobal);
        return Last(result, calibration, global, trials, at) + string.Concat(result.Calibrations.SkipLast(1).Reverse().Select(Earlier));
    }

    private static string How(CalibrationResult calibration) => Kinds.Words(calibration.Kind)
        + (calibration.Requested == 0 ? "" : $", {Numbers.Whole(calibration.Experiments)} experiments")
        + (calibration.Reason is { } reason ? $" ({reason})" : "");

    private static string Earlier(CalibrationResult calibration) => calibration.PGlobal is { P: { Value: not null } p }
        ? $"; p_global {Of(p)} by {How(calibration)}"
        : $"; also calibrated: {How(calibration)}";

    private static string Last(
        ScanResult result, CalibrationResult calibration, GlobalPValueResult? global, string trials, Func<double, string> at)
    {
        var how = How(calibration);
        if (global is not { P.Value: not null, Number: { } number, EpsilonB: { } epsilon })
        {
            return $"{trials}; calibration: {how}" + (global?.P.Reason is { } why ? $"; p_global is not known ({why})" : "");
        }

        var correction = $"corrected for {(result.Windows.All(window => window.MayClaim) ? "all of them" : "those that may claim")} by "
            + (calibration.Requested == 0 ? "their number" : "the experiments");
        return $"p_global {Of(global.P)} for S = {Numbers.Significance(global.Largest, null)} in window {number} at {at(epsilon)}: "
            + $"{trials}, {correction} ({how})";
    }

    /// <summary>"= 0.021", or below what p-values are told to "&lt; 1e-300".</summary>
    public static string Equal(double p) => (p > NormalDistribution.SmallestPValue ? "= " : "") + Short(p);

    /// <summary>Always as a power of ten: "2.1e-2" or "&lt; 1e-300".</summary>
    public static string Power(double p) =>
        p > NormalDistribution.SmallestPValue ? p.ToString("0.0e-0", CultureInfo.InvariantCulture) : "< 1e-300";

    private static string Short(double p) => p >= 0.01 ? p.ToString("0.0##", CultureInfo.InvariantCulture) : Power(p);
}
