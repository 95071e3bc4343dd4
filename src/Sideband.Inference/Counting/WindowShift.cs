namespace Sideband.Inference.Counting;

/// <summary>Systematic shift of one window on signal-free events, over the independent runs (arXiv:2411.00085 eq. 4).</summary>
/// <param name="Window">The window.</param>
/// <param name="Shift">delta_sys,n of every run, their mean and standard deviation.</param>
/// <param name="StatisticalVariance">
/// 1/(eps_B N_SR) + 1/(eps_B N_BT), mean over the runs: the variance that counting alone gives delta_sys,n. Runs share the events, so
/// their mean has this variance too, not one over the number of runs.
/// </param>
public sealed record WindowShift(Window Window, RunStatistics Shift, Measured StatisticalVariance)
{
    /// <summary>One entry a run, each counted on signal-free events (simulation, sideband data, or the data's events of label 0).</summary>
    public static WindowShift Of(Window window, IReadOnlyList<WindowCount> runs) => new(
        window,
        RunStatistics.Of([.. runs.Select(OfRun)]),
        RunStatistics.Of([.. runs.Select(VarianceOfRun)]).Mean);

    /// <summary>
    /// delta_sys,n = (N_obs - eps_B N_SR) / (eps_B N_SR) of one run, with the effective eps_B. Undefined where a fold's cut does not
    /// separate: the counts agree there because nothing is cut, which says nothing about the template.
    /// </summary>
    public static Measured OfRun(WindowCount count) => count.UnshiftedExpectation.Then(
        expectation => count.Observed.Select(observed => (observed - expectation) / expectation));

    // With weights a count of mean b has the variance b sum w^2 / sum w; with copies it is F times as large.
    private static Measured VarianceOfRun(WindowCount count)
    {
        var data = count.Sum.DataEvents;
        return count.UnshiftedExpectation.Then(expectation => count.TemplateVariance.Select(
            template => (data.SumSquaredWeights / data.SumWeights * count.Repetition.Data / expectation) + template));
    }
}
