namespace Sideband.Inference.Counting;

/// <summary>
/// The counts of one window in one run at one working point, summed over folds (arXiv:2411.00085, section 3). All that follows
/// uses the effective eps_B = N_BT,pass / N_BT (with weights sum w_pass / sum w), which ties and rounding move away from the one asked for.
/// Where a fold's cut does not separate (<see cref="FoldCount.Unusable"/>) all that statistics are made of is undefined; what was counted
/// is still there to be shown (<see cref="Selected"/>, <see cref="TemplatePassing"/>, <see cref="EffectiveEfficiency"/>).
/// </summary>
/// <param name="BackgroundEfficiency">eps_B that was asked for.</param>
/// <param name="Sum">Sum over the folds.</param>
/// <param name="DistinctTemplateEvents">
/// Number of different events behind the template. Where the template is folded it is <c>Sum.Template.Events</c>; where the same
/// sample sets the threshold in each of k folds it is 1/k of that; where a sample was drawn several times from fewer events, fewer still.
/// </param>
public sealed record WindowCount(double BackgroundEfficiency, FoldCount Sum, long DistinctTemplateEvents)
{
    /// <summary>Relative difference between effective and asked eps_B above which the count is flagged.</summary>
    public const double EfficiencyTolerance = 0.25;

    /// <summary>How far the counts of data and template vary beyond a Poisson count because events are there several times.</summary>
    public CountRepetition Repetition { get; init; } = CountRepetition.None;

    /// <summary>
    /// N_obs, the sum of weights for weighted pseudo-data; undefined where a fold failed or does not separate, and where negative weights
    /// outweigh the others (of single folds they may: few events of both signs).
    /// </summary>
    public Measured Observed => Sum.Unusable is { } reason ? Measured.Undefined(reason) : Selected;

    /// <summary>The same for display, also where a fold does not separate: no statistic may be made of it.</summary>
    public Measured Selected =>
        Sum.Failure is { } reason ? Measured.Undefined(reason)
        : Sum.Observed.SumWeights >= 0 ? Measured.Of(Sum.Observed.SumWeights)
        : Measured.Undefined(FormattableString.Invariant(
            $"the weights of the {Sum.Observed.Events} data events that pass sum to {Sum.Observed.SumWeights:G3}"));

    /// <summary>N_BT,pass, the sum of weights for weighted templates, for display; undefined where a fold failed.</summary>
    public Measured TemplatePassing => Sum.Failure is { } reason ? Measured.Undefined(reason) : Measured.Of(Sum.TemplatePassing.SumWeights);

    /// <summary>
    /// Effective eps_B = sum w_pass / sum w of the template, for display; undefined where a fold failed or no template weight passes.
    /// </summary>
    public Measured EffectiveEfficiency =>
        Sum.Failure is { } reason ? Measured.Undefined(reason)
        : Sum.TemplatePassing.SumWeights > 0 ? Measured.Of(Sum.TemplatePassing.SumWeights / Sum.Template.SumWeights)
        : Measured.Undefined("no template event passes the threshold");

    /// <summary>
    /// eps_B N_SR: the expectation before the systematic shift, above 0; undefined where a fold failed or does not separate, without data
    /// events, and where their weights do not sum to more than 0.
    /// </summary>
    public Measured UnshiftedExpectation
    {
        get
        {
            var events = Sum.DataEvents.SumWeights;
            return UsableEfficiency.Then(efficiency => events > 0
                ? Measured.Of(efficiency * events)
                : Measured.Undefined(Sum.DataEvents.Events == 0
                    ? "no data events in the window"
                    : FormattableString.Invariant(
                        $"the weights of the {Sum.DataEvents.Events} data events in the window sum to {events:G3}, not above 0")));
        }
    }

    /// <summary>
    /// Relative variance of eps_B, sigma_exp,stat^2 = 1/(eps_B N_BT) (arXiv:2411.00085, below eq. 8), for weights
    /// sum w_pass^2 / (sum w_pass)^2, with N_BT the number of distinct events: times counted events over distinct events, and times the
    /// template's <see cref="Repetition"/>.
    /// </summary>
    public Measured TemplateVariance
    {
        get
        {
            var pass = Sum.TemplatePassing;
            var repetition = (double)Sum.Template.Events / DistinctTemplateEvents;
            return UsableEfficiency.Select(
                _ => pass.SumSquaredWeights / (pass.SumWeights * pass.SumWeights) * repetition * Repetition.Template);
        }
    }

    /// <summary>The folds' flags, and whether eps_B is off.</summary>
    public CountFlags Flags => Sum.Flags
        | (EffectiveEfficiency.Value is { } efficiency
            && Math.Abs(efficiency - BackgroundEfficiency) > EfficiencyTolerance * BackgroundEfficiency
                ? CountFlags.EfficiencyOff
                : CountFlags.None);

    private Measured UsableEfficiency => Sum.Unusable is { } reason ? Measured.Undefined(reason) : EffectiveEfficiency;

    /// <summary>Sums folds in the given order.</summary>
    /// <param name="backgroundEfficiency">eps_B that was asked for, in (0, 1).</param>
    /// <param name="folds">The folds' counts, at least one.</param>
    /// <param name="distinctTemplateEvents">See <see cref="DistinctTemplateEvents"/>; at least 1 and at most the events counted.</param>
    public static WindowCount Of(double backgroundEfficiency, IReadOnlyList<FoldCount> folds, long distinctTemplateEvents)
    {
        ArgumentOutOfRangeException.ThrowIfZero(folds.Count);
        var sum = folds[0];
        for (var i = 1; i < folds.Count; i++)
        {
            sum += folds[i];
        }

        if (sum.Failure is null && (distinctTemplateEvents < 1 || distinctTemplateEvents > sum.Template.Events))
        {
            throw new ArgumentOutOfRangeException(
                nameof(distinctTemplateEvents),
                distinctTemplateEvents,
                $"At least 1 and at most the {sum.Template.Events} template events counted.");
        }

        return new WindowCount(backgroundEfficiency, sum, distinctTemplateEvents);
    }
}
