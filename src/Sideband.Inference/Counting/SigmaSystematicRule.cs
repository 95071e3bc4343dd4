namespace Sideband.Inference.Counting;

/// <summary>How the relative systematic error sigma_sys of the background expectation follows from a shift.</summary>
public abstract record SigmaSystematicRule
{
    private SigmaSystematicRule()
    {
    }

    /// <summary>sigma_sys = |delta_sys| (arXiv:2411.00085, section 3.1), of two estimates the larger.</summary>
    public static SigmaSystematicRule Paper { get; } = new PaperRule();

    /// <summary>
    /// sigma_sys^2 = [ delta_sys^2 + s^2/n_ind + max(0, s^2 - s_stat^2) ] / (1 + delta_sys)^2: the shift itself, the uncertainty of its
    /// mean (n_ind = 3 for the nine sliding windows), and what one window may differ from the mean; relative to N_exp, hence the
    /// denominator. Of two estimates the larger |delta_sys| and the larger sum of the other two terms. Undefined for a shift that was
    /// estimated in fewer than three windows: fixed numbers are needed then.
    /// </summary>
    public static SigmaSystematicRule Spread { get; } = new SpreadRule();

    /// <summary>A number that the user vouches for.</summary>
    /// <param name="sigma">sigma_sys, relative, finite, at least 0.</param>
    public static SigmaSystematicRule Fixed(double sigma) => double.IsFinite(sigma) && sigma >= 0
        ? new FixedRule(sigma)
        : throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "sigma_sys must be at least 0.");

    /// <summary>
    /// sigma_sys, relative to N_exp, at least 0; undefined with a reason where the shift is, or lacks what the rule needs.
    /// </summary>
    public abstract Measured Apply(SystematicShift shift);

    private sealed record PaperRule : SigmaSystematicRule
    {
        public override Measured Apply(SystematicShift shift) => shift.Size;
    }

    private sealed record SpreadRule : SigmaSystematicRule
    {
        public override Measured Apply(SystematicShift shift) =>
            shift.Mean.Then(delta => shift.Size.Then(size => shift.Variance.Then(variance => delta > -1
                ? Measured.Of(Math.Sqrt((size * size) + variance) / (1 + delta))
                : Measured.Undefined("delta_sys is -1: no event of the signal-free sample passes"))));
    }

    private sealed record FixedRule(double Sigma) : SigmaSystematicRule
    {
        public override Measured Apply(SystematicShift shift) => Measured.Of(Sigma);
    }
}
