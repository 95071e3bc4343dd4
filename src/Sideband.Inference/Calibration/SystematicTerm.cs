namespace Sideband.Inference.Calibration;

/// <summary>The systematic shift of the background expectation at one working point.</summary>
/// <param name="Shift">delta_sys, relative to eps_B N_SR.</param>
/// <param name="Sigma">sigma_sys, relative to N_exp.</param>
public readonly record struct SystematicTerm(Measured Shift, Measured Sigma)
{
    /// <summary>No shift and no error: the statistical significance, whose variance is kappa.</summary>
    public static SystematicTerm None => new(Measured.Of(0), Measured.Of(0));
}
