namespace Sideband.Inference.BumpHunt;

/// <summary>
/// Test statistic of an upper limit on S (arXiv:1007.1727 eq. 16): -2 ln (L(S)/L(S_hat)), with S_hat = 0 in place of a negative one, and 0
/// where S_hat exceeds S.
/// </summary>
internal sealed class LimitStatistic
{
    private readonly BinnedModel _model;
    private readonly double[] _counts;
    private readonly double _spurious, _auxiliary, _best;

    /// <param name="model">Has a signal.</param>
    /// <param name="counts">Events of every bin.</param>
    /// <param name="spurious">Width of the spurious signal, events.</param>
    /// <param name="auxiliary">The spurious signal's own measurement: 0 in data, drawn in toys.</param>
    /// <param name="start">A fit of the same model to start from.</param>
    public LimitStatistic(BinnedModel model, double[] counts, double spurious, double auxiliary, BinnedFit? start = null)
    {
        (_model, _counts, _spurious, _auxiliary) = (model, counts, spurious, auxiliary);
        Free = model.Fit(counts, SignalConstraint.Free, start);
        BackgroundOnly = model.Fit(counts, Constraint(0), Free.Status.Converged ? Free : start);
        Failure = Free.Status.Reason ?? BackgroundOnly.Status.Reason;
        _best = Estimate >= 0 ? Free.Deviance : BackgroundOnly.Deviance;
    }

    public BinnedFit Free { get; }

    public BinnedFit BackgroundOnly { get; }

    /// <summary>Why there is no statistic; null where there is one.</summary>
    public string? Failure { get; }

    /// <summary>S_hat.</summary>
    public double Estimate => Free.Signal - _auxiliary;

    /// <summary>The statistic for a signal, at least 0, and the fit that holds it; NaN where that fit failed.</summary>
    public (double Value, BinnedFit Held) At(double signal)
    {
        var held = _model.Fit(_counts, Constraint(signal), BackgroundOnly);
        var value = !held.Status.Converged ? double.NaN : Estimate > signal ? 0 : Math.Max(0, held.Deviance - _best);
        return (value, held);
    }

    private SignalConstraint Constraint(double signal) => new(signal + _auxiliary, _spurious);
}
