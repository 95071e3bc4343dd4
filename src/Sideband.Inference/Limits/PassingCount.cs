using Sideband.Inference.Counting;

namespace Sideband.Inference.Limits;

/// <summary>What a limit needs of one search, real or redrawn, in one window at one working point.</summary>
/// <param name="Observed">N_obs, data events that pass; the mean over the runs, so not always whole.</param>
/// <param name="Background">N_exp and sigma_exp of the same search, with kappa where it is known.</param>
public sealed record PassingCount(Measured Observed, ExpectedBackground Background)
{
    /// <summary>T, the signed significance.</summary>
    public Measured Significance => Observed.Then(Background.SignificanceOf);

    /// <summary>Why there is nothing to set a limit on; null where there is something.</summary>
    internal string? Failure => Observed.Reason ?? Background.Expected.Reason ?? Background.RelativeVariance.Reason;
}
