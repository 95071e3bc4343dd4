namespace Sideband.Inference.Calibration;

/// <summary>
/// The rank of the observed statistic among experiments without signal: p = (1 + #{T_b >= T}) / (B + 1), exact for any number B of
/// them where observed and permuted data are exchangeable, because the observed one is counted among them.
/// </summary>
public static class PermutationPValue
{
    /// <param name="observed">T, larger is more signal-like; undefined gives an undefined p-value.</param>
    /// <param name="experiments">T_b; one without a value counts as an exceedance.</param>
    /// <param name="kind">Permutation or pseudo-experiments.</param>
    /// <param name="extrapolation">
    /// Variance of the same statistic over the experiments: gives the normal extrapolation where no experiment reached T. Null for a
    /// statistic that is no signed significance, such as the largest of several.
    /// </param>
    public static CalibratedPValue Of(
        Measured observed,
        IReadOnlyList<Measured> experiments,
        PValueKind kind = PValueKind.Permutation,
        VarianceInflation? extrapolation = null)
    {
        var exceedances = 0;
        if (observed.Value is { } threshold)
        {
            exceedances = experiments.Count(value => Reaches(value, threshold));
        }

        var bound = observed.IsDefined && experiments.Count > 0 && exceedances == 0;
        return new CalibratedPValue(
            observed.Then(_ => experiments.Count > 0
                ? Measured.Of((1.0 + exceedances) / (experiments.Count + 1))
                : Measured.Undefined("no experiments")),
            kind,
            experiments.Count,
            exceedances,
            experiments.Count(value => !value.IsDefined),
            bound,
            StoppedEarly: false,
            Approximate: false,
            (observed.Reason ?? (experiments.Count > 0 ? null : "no experiments")) is { } reason ? ExtrapolatedPValue.None(reason)
            : !bound ? ExtrapolatedPValue.None("not needed: experiments reach the observed value")
            : extrapolation is null ? ExtrapolatedPValue.None("this statistic has no normal tail")
            : ExtrapolatedPValue.Of(observed.Value!.Value, extrapolation));
    }

    /// <summary>True where an experiment counts as an exceedance.</summary>
    internal static bool Reaches(Measured experiment, double observed) => experiment.Value is not { } value || value >= observed;
}
