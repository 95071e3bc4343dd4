namespace Sideband.Inference.Calibration;

/// <summary>
/// Sequential permutation p-values (Besag and Clifford, Biometrika 78 (1991) 301): stop at the experiment L that brings the h-th
/// exceedance, p = h/L; without it p = (1 + #)/(B + 1) after all B. As valid as the full number of experiments, since h and B are fixed
/// beforehand, and ten exceedances know p to a third.
/// </summary>
/// <param name="Exceedances">h, at least 1; default 10.</param>
/// <param name="Experiments">B, the most experiments, at least 1.</param>
public sealed record EarlyStopping(int Experiments, int Exceedances = 10)
{
    /// <summary>
    /// The p-value of the experiments finished so far, or null while more are needed. They count in their order by number: an
    /// experiment that finishes early must not be looked at before those with a lower number.
    /// </summary>
    /// <param name="observed">T.</param>
    /// <param name="finished">T_b of experiments 0, 1, ...; those beyond the h-th exceedance or beyond B are not looked at.</param>
    /// <param name="kind">Permutation or pseudo-experiments.</param>
    public CalibratedPValue? Of(Measured observed, IReadOnlyList<Measured> finished, PValueKind kind = PValueKind.Permutation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Exceedances, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Experiments, 1);
        if (observed.Value is not { } threshold)
        {
            return PermutationPValue.Of(observed, finished, kind);
        }

        var (looked, exceedances, failed) = (0, 0, 0);
        while (looked < Math.Min(finished.Count, Experiments) && exceedances < Exceedances)
        {
            var value = finished[looked++];
            exceedances += PermutationPValue.Reaches(value, threshold) ? 1 : 0;
            failed += value.IsDefined ? 0 : 1;
        }

        return exceedances < Exceedances && looked < Experiments ? null
            : exceedances < Exceedances ? PermutationPValue.Of(observed, [.. finished.Take(looked)], kind)
            : new CalibratedPValue(
                Measured.Of((double)Exceedances / looked),
                kind,
                looked,
                exceedances,
                failed,
                Bound: false,
                StoppedEarly: true,
                Approximate: false,
                ExtrapolatedPValue.None("not needed: experiments reach the observed value"));
    }
}
