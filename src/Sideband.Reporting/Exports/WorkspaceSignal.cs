using Sideband.Reporting.Terminal;
using Sideband.Search.Results;

namespace Sideband.Reporting.Exports;

/// <summary>The signal of a window's workspace at mu = 1: of the injection scan, else of labelled test events, else assumed.</summary>
/// <param name="Meaning">What mu = 1 is, in words.</param>
/// <param name="Passing">Signal events at mu = 1 that pass the cut of a background efficiency, one entry a cut.</param>
internal sealed record WorkspaceSignal(string Meaning, IReadOnlyDictionary<double, double> Passing)
{
    /// <param name="result">The search, with its injection scan and test metrics where there are any.</param>
    /// <param name="window">Number of the window.</param>
    /// <param name="cuts">Background efficiencies of the cuts that make the workspace's bins.</param>
    public static WorkspaceSignal Of(ScanResult result, int window, IReadOnlyList<double> cuts) =>
        Scanned([.. result.Limits.Where(limit => limit.Number == window && cuts.Contains(limit.EpsilonB))], cuts)
        ?? Tested(result.TestMetrics?.FirstOrDefault(test => test.Number == window), cuts)
        ?? Assumed(cuts, "nothing tells the signal's efficiency");

    /// <summary>Ten events in the hardest bin, for a reason.</summary>
    /// <param name="cuts">Background efficiencies of the cuts that make the workspace's bins.</param>
    /// <param name="reason">Why nothing better is known.</param>
    public static WorkspaceSignal Assumed(IReadOnlyList<double> cuts, string reason) => new(
        FormattableString.Invariant($"{Workspace.SignalInHardestBin} events in the hardest bin: {reason}"),
        cuts.ToDictionary(cut => cut, _ => Workspace.SignalInHardestBin));

    // The efficiency changes with the strength, and one workspace has one: that near the limit, which it is there to give.
    private static WorkspaceSignal? Scanned(LimitResult[] scans, IReadOnlyList<double> cuts)
    {
        if (scans.Length == 0 || scans.Length < cuts.Count)
        {
            return null;
        }

        double[] strengths =
        [
            .. scans[0].Strengths.Select(entry => entry.Strength)
                .Where(strength => scans.All(scan => Excess(scan, strength) is not null) && scans.Any(scan => Excess(scan, strength) > 0)),
        ];
        if (strengths.Length == 0)
        {
            return null;
        }

        var expected = scans.Min(scan => scan.Rules is [var rule, ..] ? rule.Expected.Median : null);
        var chosen = expected is { } limit ? strengths.MinBy(strength => Math.Abs(strength - limit)) : strengths.Max();
        StrengthResult[] found = [.. scans.Select(scan => At(scan, chosen)!)];
        var failed = found.Max(entry => entry.Failed);
        return new WorkspaceSignal(
            FormattableString.Invariant($"a strength of {Numbers.Short(chosen)} signal events before any cut, over all masses ")
                + FormattableString.Invariant($"({scans[0].WindowFraction:0.###} of them in the window), ")
                + FormattableString.Invariant($"by the median yields of {found.Min(entry => entry.Draws)} redraws of the injection scan")
                + (failed > 0 ? FormattableString.Invariant($" ({failed} more failed)") : "")
                + ", less the background that signal in the template displaces; "
                + (expected is { } nearest
                    ? $"of the strengths scanned it is the nearest to the expected limit, {Numbers.Short(nearest)}"
                    : "it is the largest scanned, since no expected limit is known")
                + ". Another mu scales these yields, but the efficiency changes with the strength",
            scans.ToDictionary(scan => scan.EpsilonB, scan => Excess(scan, chosen)!.Value));
    }

    private static WorkspaceSignal? Tested(TestMetricsResult? tests, IReadOnlyList<double> cuts)
    {
        var efficiencies = cuts.ToDictionary(
            cut => cut, cut => tests?.WorkingPoints.FirstOrDefault(test => test.EpsilonB == cut)?.EpsilonS);
        return efficiencies.Values.Any(efficiency => efficiency is null)
            ? null
            : new WorkspaceSignal(
                FormattableString.Invariant(
                    $"{Workspace.SignalInWindow} signal events in the window before any cut, by the test events' efficiencies"),
                efficiencies.ToDictionary(entry => entry.Key, entry => Workspace.SignalInWindow * entry.Value!.Value));
    }

    // What the signal adds to N_obs beyond N_exp, (1 - a) y, as the limits have it; null where it is not known, or without signal.
    private static double? Excess(LimitResult scan, double strength) =>
        scan.SignalDisplacement is { } displaced && At(scan, strength)?.Efficiency is { } efficiency
            ? Math.Max(0, 1 - displaced) * strength * efficiency.Median
            : null;

    private static StrengthResult? At(LimitResult scan, double strength) =>
        scan.Strengths.FirstOrDefault(entry => entry.Strength == strength);
}
