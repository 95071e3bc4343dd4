using Sideband.Inference.Counting;

namespace Sideband.Inference.Calibration;

/// <summary>
/// The background expectation where the statistical variance of N_obs - N_exp is kappa times that of independent counts:
/// <code>sigma_exp^2 = (kappa - 1)/N_exp + kappa/(eps_B N_BT) + sigma_sys^2</code>
/// Eq. 6 of arXiv:2411.00085 adds 1/N_exp itself, so that the whole is kappa (1/N_exp + 1/(eps_B N_BT)) + sigma_sys^2; kappa = 1 gives
/// <see cref="ExpectedBackground.Of"/> back.
/// </summary>
public static class CorrelatedBackground
{
    /// <summary>sigma_exp^2, relative.</summary>
    /// <param name="expected">N_exp, above 0.</param>
    /// <param name="templateVariance">1/(eps_B N_BT), relative, at least 0.</param>
    /// <param name="sigmaSystematic">sigma_sys, relative, at least 0.</param>
    /// <param name="kappa">Variance of the experiments' z; below 1 counts as 1.</param>
    public static double RelativeVariance(double expected, double templateVariance, double sigmaSystematic, double kappa)
    {
        var used = Math.Max(1, kappa);
        return ((used - 1) / expected) + (used * templateVariance) + (sigmaSystematic * sigmaSystematic);
    }

    /// <summary>
    /// The expectation of one window, run and working point with kappa in its errors. Copies multiply the variances as kappa does.
    /// </summary>
    /// <param name="count">The window's counts in this run.</param>
    /// <param name="shift">delta_sys.</param>
    /// <param name="sigmaSystematic">sigma_sys, relative.</param>
    /// <param name="kappa">From significances that were made without sigma_sys.</param>
    public static ExpectedBackground Of(WindowCount count, Measured shift, Measured sigmaSystematic, VarianceInflation kappa)
    {
        var independent = ExpectedBackground.Of(count, shift, sigmaSystematic);
        return new ExpectedBackground(
            independent.Expected,
            independent.Expected.Then(expected => count.TemplateVariance.Then(template => sigmaSystematic.Then(sigma =>
                kappa.Used.Select(used => RelativeVariance(expected, template, sigma, used)
                    + (used * (count.Repetition.Data - 1) / expected))))),
            independent.StatisticalVariance.Then(variance => kappa.Used.Select(used => used * variance)));
    }
}
