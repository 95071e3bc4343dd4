namespace Sideband.Inference.Calibration;

/// <summary>
/// kappa, the variance of a signed significance over experiments without signal: 1 if scores within a fold were independent, above 1
/// because the folds' classifiers share most of their training events and like the same fluctuations (1.84 in a toy of five folds).
/// </summary>
/// <param name="Value">Sample variance (n - 1 in the denominator) about the experiments' mean.</param>
/// <param name="Error">kappa sqrt(2/(n - 1)), the standard error for normal z: 10 % of 200 experiments.</param>
/// <param name="Mean">Mean of z over the experiments; far from 0 it says that the expectation is off.</param>
/// <param name="Experiments">Experiments with a value.</param>
/// <param name="Failed">Experiments without; left out here and shown.</param>
public sealed record VarianceInflation(Measured Value, Measured Error, Measured Mean, int Experiments, int Failed)
{
    /// <summary>What enters an error: at least 1. A variance below 1 is printed, and 1 is used.</summary>
    public Measured Used => Value.Select(value => Math.Max(1, value));

    /// <param name="significances">
    /// One signed significance an experiment. For kappa in sigma_exp^2 they are made without sigma_sys (which is added there);
    /// for an extrapolation with whatever the observed one was made.
    /// </param>
    public static VarianceInflation Of(IReadOnlyList<Measured> significances)
    {
        var statistics = Counting.RunStatistics.Of(significances);
        var count = significances.Count - statistics.UndefinedRuns;
        var value = count > 1
            ? statistics.StandardDeviation.Select(deviation => deviation * deviation)
            : Measured.Undefined(
                significances.FirstOrDefault(one => !one.IsDefined, Measured.Of(0)).Reason ?? $"{count} experiments have no variance");
        return new VarianceInflation(
            value,
            value.Select(kappa => kappa * Math.Sqrt(2.0 / (count - 1))),
            statistics.Mean,
            count,
            statistics.UndefinedRuns);
    }

    /// <summary>kappa of every window and working point.</summary>
    /// <param name="significances">[experiment][window][working point], at least one experiment.</param>
    public static VarianceInflation[][] PerWindow(Measured[][][] significances) =>
        ExperimentTable.Map(significances, Of);
}
