using Sideband.Numerics;

namespace Sideband.Inference.Calibration;

/// <summary>
/// A p-value beyond the reach of the experiments: the upper normal tail of (z - mean)/sqrt(kappa), mean and kappa of the experiments' z.
/// Experiments of a template that foretells too little have a mean above 0, which is what they are made to show. A mean below 0 counts as
/// 0, as a kappa below 1 counts as 1: neither makes an observed z more significant than it says.
/// </summary>
/// <param name="Value">The extrapolated p-value.</param>
/// <param name="Low">With kappa one standard error lower.</param>
/// <param name="High">With kappa one standard error higher.</param>
/// <remarks>
/// A generalised Pareto fit to the experiments' tail is not offered: its finite end points give p = 0. On a toy with a known truth the
/// normal of the experiments' own mean and variance is 2.3, 5.6 and 13 times too large at 1e-3, 1e-4 and 1e-5: it errs on the safe side.
/// </remarks>
public readonly record struct ExtrapolatedPValue(Measured Value, Measured Low, Measured High)
{
    /// <param name="z">The observed signed significance.</param>
    /// <param name="kappa">Mean and variance of the same statistic in the experiments.</param>
    public static ExtrapolatedPValue Of(double z, VarianceInflation kappa)
    {
        var above = kappa.Mean.Select(mean => z - Math.Max(0, mean));
        return new(
            At(above, kappa.Value),
            At(above, kappa.Value.Then(value => kappa.Error.Select(error => value - error))),
            At(above, kappa.Value.Then(value => kappa.Error.Select(error => value + error))));
    }

    /// <summary>No extrapolation, for a reason.</summary>
    public static ExtrapolatedPValue None(string reason) =>
        new(Measured.Undefined(reason), Measured.Undefined(reason), Measured.Undefined(reason));

    private static Measured At(Measured above, Measured kappa) => above.Then(difference =>
        kappa.Select(value => NormalDistribution.UpperTail(difference / Math.Sqrt(Math.Max(1, value)))));
}
