using System.Globalization;
using Sideband.Reporting.Terminal;
using Sideband.Search.Results;

namespace Sideband.Reporting.Exports;

/// <summary>What a reader of exported numbers must know who has nothing but them.</summary>
internal static class ExportCaveats
{
    /// <summary>One line a window in which nothing is claimed.</summary>
    public static IEnumerable<string> Windows(ScanResult result) =>
        from window in result.Windows
        where !window.MayClaim
        select string.Create(
            CultureInfo.InvariantCulture,
            $"nothing is claimed in window {window.Number}, of which there is no workspace: {window.NoClaim}");

    /// <summary>One line a working point at which nothing is claimed.</summary>
    public static IEnumerable<string> WorkingPoints(ScanResult result) =>
        from verdict in result.Validation
        where !verdict.IsOk
        select $"nothing is claimed at eps_B = {Numbers.Efficiency(verdict.EpsilonB)}: {verdict.Verdict}: {verdict.Reason}";

    /// <summary>
    /// False where the cut does not separate, in no run: there is no significance, and its counts are not those of a cut at eps_B.
    /// </summary>
    public static bool Separates(WorkingPointResult point) =>
        point.Significance.Mean is not null || !point.Flags.Contains(PointFlag.NoSeparation);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All(ScanResult result) => [.. Windows(result), .. WorkingPoints(result)];

    /// <summary>The same for a table's description, without the reasons; empty where nothing speaks against any of it.</summary>
    public static string Description(ScanResult result)
    {
        string[] against =
        [
            .. result.Windows.Where(window => !window.MayClaim)
                .GroupBy(window => window.ClaimWithheld is null ? WindowState.TemplateFails : PointFlag.ClaimWithheld)
                .Select(same => $"in window {string.Join(", ", same.Select(window => window.Number))} ({same.Key})"),
            .. result.Validation.Where(verdict => !verdict.IsOk)
                .Select(verdict => $"at a background efficiency of {Numbers.Efficiency(verdict.EpsilonB)} ({verdict.Verdict})"),
        ];
        return (against.Length == 0 ? "" : $" No excess is claimed {string.Join(", ", against)}.") + LeftOut(result);
    }

    private static string LeftOut(ScanResult result)
    {
        string[] points =
        [
            .. result.Windows
                .SelectMany(window => window.WorkingPoints, (window, point) => (window.Number, Point: point))
                .Where(cell => !Separates(cell.Point))
                .GroupBy(cell => cell.Point.EpsilonB, cell => cell.Number)
                .Select(same => $"in window {string.Join(", ", same)} at a background efficiency of {Numbers.Efficiency(same.Key)}"),
        ];
        return points.Length == 0
            ? ""
            : $" Left out, because the cut does not separate ({PointFlag.NoSeparation}): {string.Join(", ", points)}.";
    }

    /// <summary>How the errors allow for scores that are not independent.</summary>
    public static string Kappa(ScanResult result)
    {
        string[] kinds =
        [
            .. result.Windows.SelectMany(window => window.WorkingPoints).Select(point => point.Kappa)
                .OfType<KappaResult>().Where(kappa => kappa.Value is not null).Select(kappa => kappa.Kind ?? "experiments").Distinct(),
        ];
        return kinds.Length == 0
            ? "Statistical errors are those of independent scores, which folds do not have: the search is not calibrated (kappa is not "
                + "known), and significances made of them overstate."
            : $"Statistical errors have kappa ({string.Join(", ", kinds)}).";
    }
}
