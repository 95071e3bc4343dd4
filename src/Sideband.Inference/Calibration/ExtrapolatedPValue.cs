using Sideband.Numerics;

namespace Sideband.Inference.Calibration;

/// <summary>
/// A p-value beyond the reach of the experiments: the upper normal tail of z / sqrt(kappa), kappa the variance of the experiments' z.
/// </summary>
/// <param name="Value">The extrapolated p-value.</param>
/// <param name="Low">With kappa one standard error lower.</param>
/// <param name="High">With kappa one standard error higher.</param>
/// <remarks>
/// A generalised Pareto fit to the experiments' tail is not offered: its finite end points give p = 0. On a toy with a known truth the
/// normal of the experiments' own variance is 2.3, 5.6 and 13 times too large at 1e-3, 1e-4 and 1e-5: it errs on the safe side.
/// </remarks>
public readonly record struct ExtrapolatedPValue(Measured Value, Measured Low, Measured High)
{
    /// <param name="z">The observed signed significance.</param>
    /// <param name="kappa">Variance of the same statistic in the experiments.</param>
    public static ExtrapolatedPValue Of(double z, VarianceInflation kappa) =>
        new(At(z, kappa.Value), At(z, kappa.Value.Then(value => kappa.Error.Select(error => value - error))),
            At(z, kappa.Value.Then(value => kappa.Error.Select(error => value + error))));

    /// <summary>No extrapolation, for a reason.</summary>
    public static ExtrapolatedPValue None(string reason) =>
        new(Measured.Undefined(reason), Measured.Undefined(reason), Measured.Undefined(reason));

    private static Measured At(double z, Measured kappa) =>
        kappa.Select(value => NormalDistribution.UpperTail(z / Math.Sqrt(Math.Max(1, value))));
}
