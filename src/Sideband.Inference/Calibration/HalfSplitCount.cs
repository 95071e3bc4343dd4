using Sideband.Inference.Counting;

namespace Sideband.Inference.Calibration;

/// <summary>
/// The counts of one direction of a half-split: a classifier trained on one half of data and template scores the other half, which it
/// has never seen, and the other half's template sets R_c.
/// </summary>
/// <param name="Observed">
/// N: data events with score &gt;= R_c; a sum of weights for weighted pseudo-data. Where events are there several times, over their F
/// (<see cref="CountRepetition"/>): the number of independent events with the same relative error.
/// </param>
/// <param name="Data">M_S: data events scored, over the same F.</param>
/// <param name="TemplatePassing">
/// n: template events that pass. Weighted, re-used or repeated ones: the number of independent unweighted events with the same relative
/// error, (sum w)^2 / sum w^2 times distinct over counted events, over the template's F.
/// </param>
/// <param name="TemplateEfficiency">eps_B: fraction of the template's weight that passes, in (0, 1].</param>
/// <param name="Template">M_T: template events scored.</param>
/// <param name="Tied">True where R_c is the score of more than one event, of template or data.</param>
/// <param name="Approximate">True where events have weights, are there several times, or are re-used, so that the law is not exact.</param>
public sealed record HalfSplitCount(
    double Observed,
    double Data,
    double TemplatePassing,
    double TemplateEfficiency,
    long Template,
    bool Tied,
    bool Approximate)
{
    /// <summary>Unweighted counts.</summary>
    /// <param name="observed">N, 0 to <paramref name="data"/>.</param>
    /// <param name="data">M_S, at least 1.</param>
    /// <param name="passing">n, 1 to <paramref name="template"/>.</param>
    /// <param name="template">M_T.</param>
    /// <param name="tied">See <see cref="Tied"/>.</param>
    public static HalfSplitCount Of(long observed, long data, long passing, long template, bool tied = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(data, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(observed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(observed, data);
        ArgumentOutOfRangeException.ThrowIfLessThan(passing, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(passing, template);
        return new HalfSplitCount(observed, data, passing, (double)passing / template, template, tied, false);
    }

    /// <summary>Counts one direction from the scores.</summary>
    /// <param name="backgroundEfficiency">eps_B asked for, in (0, 1).</param>
    /// <param name="template">The template's scores in the half that was not trained on.</param>
    /// <param name="data">The data's scores in that half.</param>
    /// <param name="repetition">How often events are there; copies of one share a half.</param>
    /// <param name="failure">Why there are no counts; null where there are.</param>
    public static HalfSplitCount? Of(
        double backgroundEfficiency, ScoreDistribution template, ScoreDistribution data, CountRepetition repetition, out string? failure)
    {
        var threshold = Threshold.At(backgroundEfficiency, template);
        var fold = FoldCount.Of(backgroundEfficiency, template, data);
        var tied = fold.Failure is null && threshold.Tied + data.Tied(threshold.Score) > 1;
        return Of(
            WindowCount.Of(backgroundEfficiency, [fold], Math.Max(1, template.Count)) with { Repetition = repetition }, tied, out failure);
    }

    /// <summary>From a window's counts.</summary>
    /// <param name="count">One direction's counts.</param>
    /// <param name="tied">See <see cref="Tied"/>; a window's own flag knows the template's ties only.</param>
    /// <param name="failure">Why there are no counts; null where there are.</param>
    public static HalfSplitCount? Of(WindowCount count, bool tied, out string? failure)
    {
        var (data, template) = (count.Sum.DataEvents, count.Sum.Template);
        failure = count.UnshiftedExpectation.Reason ?? count.Observed.Reason;
        if (failure is not null)
        {
            return null;
        }

        var exact = IsUnweighted(data) && IsUnweighted(template) && count.DistinctTemplateEvents == template.Events
            && count.Repetition == CountRepetition.None;
        return new HalfSplitCount(
            count.Observed.Value!.Value / count.Repetition.Data,
            data.SumWeights / count.Repetition.Data,
            exact ? count.Sum.TemplatePassing.Events : 1 / count.TemplateVariance.Value!.Value,
            count.EffectiveEfficiency.Value!.Value,
            template.Events,
            tied || count.Flags.HasFlag(CountFlags.TiesAtThreshold),
            !exact);
    }

    private static bool IsUnweighted(EventCount count) => count.SumWeights == count.Events && count.SumSquaredWeights == count.Events;
}
