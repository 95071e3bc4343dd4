namespace Sideband.Inference.Counting;

/// <summary>
/// What one fold (or the sum of several) counts at one working point. Adding is associative and commutative up to the rounding
/// of weight sums, so counts of folds done on different machines add up in any grouping; keep the order of folds for equal bits.
/// </summary>
/// <param name="DataEvents">N_SR: test events of the data in the signal region. Pseudo-data may have weights; data have none.</param>
/// <param name="Observed">N_obs: those with score &gt;= R_c.</param>
/// <param name="Template">N_BT: test events of the background template.</param>
/// <param name="TemplatePassing">N_BT,pass: those with score &gt;= R_c.</param>
/// <param name="Flags">What a reader must know about these counts.</param>
/// <param name="Failure">Why there are no counts; null where there are. A sum with a failed fold is failed.</param>
public sealed record FoldCount(
    EventCount DataEvents,
    EventCount Observed,
    EventCount Template,
    EventCount TemplatePassing,
    CountFlags Flags = CountFlags.None,
    string? Failure = null)
{
    /// <summary>
    /// Why no expectation, significance or limit follows from these counts: there are none, or a fold's cut does not separate and what it
    /// counts is for display only; null where something follows.
    /// </summary>
    public string? Unusable => Failure ?? (Flags.HasFlag(CountFlags.NoSeparation) ? Threshold.NoSeparation : null);

    /// <summary>Counts one fold: the template's scores set the threshold, the data's scores are compared with it.</summary>
    /// <param name="backgroundEfficiency">eps_B that was asked for, in (0, 1).</param>
    /// <param name="template">Test scores of the template.</param>
    /// <param name="data">Test scores of the data in the signal region.</param>
    public static FoldCount Of(double backgroundEfficiency, ScoreDistribution template, ScoreDistribution data)
    {
        var threshold = Threshold.At(backgroundEfficiency, template);
        var failure = threshold.Failure ?? (data.Failure is { } reason ? $"data: {reason}" : null);
        return new FoldCount(
            data.Total,
            failure is null ? data.Passing(threshold.Score) : default,
            threshold.Template,
            threshold.TemplatePassing,
            failure is null ? FlagsOf(threshold) : CountFlags.None,
            failure);
    }

    public static FoldCount operator +(FoldCount left, FoldCount right) => new(
        left.DataEvents + right.DataEvents,
        left.Observed + right.Observed,
        left.Template + right.Template,
        left.TemplatePassing + right.TemplatePassing,
        left.Flags | right.Flags,
        left.Failure ?? right.Failure);

    private static CountFlags FlagsOf(Threshold threshold) =>
        (threshold.Tied > 1 ? CountFlags.TiesAtThreshold : CountFlags.None)
        | (threshold.SeparatesNothing ? CountFlags.NoSeparation : CountFlags.None)
        | (threshold.ExpectedTemplatePassing < Threshold.FewTemplateEvents * (1 - 1e-9) ? CountFlags.FewTemplateEvents : CountFlags.None);
}
