namespace Sideband.Inference.Counting;

/// <summary>
/// The background expectation of one window, run and working point with its errors (arXiv:2411.00085 eqs. 3, 8 and 9). All
/// undefined, with a reason, where the counts failed or do not separate, the shift or its error is undefined, or N_exp is not above 0 or
/// is above N_SR.
/// </summary>
/// <param name="Expected">N_exp = eps_B N_SR (1 + delta_sys), above 0.</param>
/// <param name="RelativeVariance">
/// sigma_exp^2 = 1/(eps_B N_BT) + sigma_sys^2, relative; with copies among the events (<see cref="CountRepetition"/>, F of data and
/// template) (F - 1)/N_exp + F/(eps_B N_BT) + sigma_sys^2, as the significance itself adds 1/N_exp.
/// </param>
/// <param name="StatisticalVariance">
/// sigma_stat^2 = 1/N_exp + 1/(eps_B N_BT), relative, each times its F: what counting alone leaves unknown.
/// </param>
public sealed record ExpectedBackground(Measured Expected, Measured RelativeVariance, Measured StatisticalVariance)
{
    internal const string AboveAll = "N_exp is above N_SR: more events are expected to pass than there are";

    /// <summary>sigma_exp, the relative error of <see cref="Expected"/> that enters the significance.</summary>
    public Measured SigmaExp => RelativeVariance.Select(Math.Sqrt);

    /// <summary>sigma_stat, the relative statistical error of N_obs / N_exp.</summary>
    public Measured SigmaStat => StatisticalVariance.Select(Math.Sqrt);

    /// <param name="count">The window's counts in this run.</param>
    /// <param name="shift">delta_sys.</param>
    /// <param name="sigmaSystematic">sigma_sys, relative, from <see cref="SigmaSystematicRule.Apply"/>.</param>
    public static ExpectedBackground Of(WindowCount count, Measured shift, Measured sigmaSystematic)
    {
        var expected = count.UnshiftedExpectation.Then(unshifted => shift.Then(delta =>
            !(delta > -1) ? Measured.Undefined("N_exp is not above 0: delta_sys is -1 or less")
            : unshifted * (1 + delta) > count.Sum.DataEvents.SumWeights ? Measured.Undefined(AboveAll)
            : Measured.Of(unshifted * (1 + delta))));
        var complete = expected.Then(b => sigmaSystematic.Then(_ => Measured.Of(b)));
        return new ExpectedBackground(
            complete,
            complete.Then(b => count.TemplateVariance.Then(
                template => sigmaSystematic.Select(sigma => ((count.Repetition.Data - 1) / b) + template + (sigma * sigma)))),
            complete.Then(b => count.TemplateVariance.Select(template => (count.Repetition.Data / b) + template)));
    }

    /// <summary>Signed significance of the observed count, see <see cref="Significance.Of"/>.</summary>
    /// <param name="observed">N_obs.</param>
    public Measured SignificanceOf(double observed) =>
        Expected.Then(b => RelativeVariance.Then(variance => Significance.Of(observed, b, variance)));

    /// <summary>N_obs needed for a significance, see <see cref="Significance.RequiredObserved"/>.</summary>
    /// <param name="target">Significance to reach, usually 3 or 5.</param>
    public Measured RequiredObserved(double target) =>
        Expected.Then(b => RelativeVariance.Then(variance => Significance.RequiredObserved(b, variance, target)));
}
