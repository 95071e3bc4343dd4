using Sideband.Inference.Counting;
using Sideband.Search.Results;

namespace Sideband.Search.Collect;

/// <summary>Counts, expectation and significance of one window at one working point, in the shape of the results.</summary>
internal static class WorkingPointResults
{
    /// <param name="found">What the counts of all runs say.</param>
    public static WorkingPointResult Of(WindowSignificance found) => new()
    {
        EpsilonB = found.BackgroundEfficiency,
        EpsilonBEffective = found.EffectiveEfficiency.Mean.Value,
        Flags = FlagNames(found.Flags),
        NObs = Values(found.Observed),
        NExp = Values(found.Expected),
        NTemplatePass = Values(found.TemplatePassing),
        DeltaSys = found.Shift.Value,
        SigmaSys = found.SigmaSystematic.Value,
        SigmaStat = found.SigmaStat.Value,
        SigmaExp = found.SigmaExp.Value,
        Significance = Values(found.Significance),
        PLocal = found.LocalPValue.Value,
        Reason = found.Significance.Mean.Reason
            ?? found.Significance.Runs.Where(run => !run.IsDefined).Select(run => run.Reason).FirstOrDefault(),
    };

    /// <summary>
    /// A blind search: the expectation at exactly eps_B, and the counts that would be an excess. Of the template a part eps_B passes, with
    /// weights like those of the whole.
    /// </summary>
    public static WorkingPointResult Blind(
        Window window,
        double epsilon,
        long events,
        EventCount template,
        CountRepetition repetition,
        SystematicShift shift,
        SigmaSystematicRule rule)
    {
        WindowCount[] expectation =
        [
            WindowCount.Of(
                epsilon,
                [
                    new FoldCount(
                        EventCount.Unweighted(events),
                        default,
                        template,
                        new EventCount(
                            (long)Math.Round(epsilon * template.Events),
                            epsilon * template.SumWeights,
                            epsilon * template.SumSquaredWeights)),
                ],
                template.Events) with { Repetition = repetition },
        ];
        var expected = WindowSignificance.Of(window, expectation, shift, rule);
        var nothing = new RunValues(null, null, [], SearchCounts.BlindReason);
        return Of(expected) with
        {
            EpsilonBEffective = null,
            Flags = [],
            NObs = nothing,
            NTemplatePass = nothing,
            Significance = nothing,
            PLocal = null,
            RequiredNObs = new RequiredCounts(
                (long?)WindowSignificance.RequiredObserved(expectation, shift, rule, 3).Value,
                (long?)WindowSignificance.RequiredObserved(expectation, shift, rule, 5).Value),
            Reason = SearchCounts.BlindReason,
        };
    }

    /// <summary>The same numbers where no excess is claimed: no p-value.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="byTables">True where the tables speak against it, false where the sidebands contradict the template of a run.</param>
    public static WorkingPointResult Unclaimed(WorkingPointResult point, string reason, bool byTables) => point with
    {
        Flags = byTables ? [.. point.Flags, PointFlag.ClaimWithheld]
            : point.Significance.Mean is null ? point.Flags
            : [.. point.Flags, PointFlag.TemplateFails],
        PLocal = null,
        Reason = point.Reason ?? WindowClaims.Words(reason),
    };

    private static string[] FlagNames(CountFlags flags) =>
    [
        .. flags.HasFlag(CountFlags.TiesAtThreshold) ? [PointFlag.TiesAtThreshold] : Array.Empty<string>(),
        .. flags.HasFlag(CountFlags.FewTemplateEvents) ? [PointFlag.FewTemplateEvents] : Array.Empty<string>(),
        .. flags.HasFlag(CountFlags.EfficiencyOff) ? [PointFlag.EfficiencyOff] : Array.Empty<string>(),
        .. flags.HasFlag(CountFlags.NoSeparation) ? [PointFlag.NoSeparation] : Array.Empty<string>(),
    ];

    /// <summary>In the shape of the results.</summary>
    public static RunValues Values(RunStatistics statistics) => new(
        statistics.Mean.Value,
        statistics.StandardDeviation.Value,
        [.. statistics.Runs.Select(run => run.Value)],
        statistics.Runs.Where(run => !run.IsDefined).Select(run => run.Reason).FirstOrDefault()
            ?? statistics.Mean.Reason
            ?? statistics.StandardDeviation.Reason);
}
