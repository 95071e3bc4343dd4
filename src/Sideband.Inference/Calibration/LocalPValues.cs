namespace Sideband.Inference.Calibration;

/// <summary>Calibrated local p-values of all windows and working points.</summary>
public static class LocalPValues
{
    /// <summary>Rank of each observed significance among the experiments' in the same window and working point.</summary>
    /// <param name="observed">Signed significances, [window][working point].</param>
    /// <param name="experiments">Likewise made, [experiment][window][working point], at least one experiment.</param>
    /// <param name="kind">Permutation or pseudo-experiments.</param>
    public static CalibratedPValue[][] Of(Measured[][] observed, Measured[][][] experiments, PValueKind kind)
    {
        ExperimentTable.CheckShape(experiments, observed);
        return ExperimentTable.Cells(observed, (w, p) =>
        {
            var column = ExperimentTable.Column(experiments, w, p);
            return PermutationPValue.Of(observed[w][p], column, kind, VarianceInflation.Of(column));
        });
    }

    /// <summary>Likewise for experiments that stop early, cell by cell; null where more experiments are needed.</summary>
    /// <param name="observed">[window][working point].</param>
    /// <param name="finished">[experiment][window][working point], in the order of their numbers without gaps; may be empty.</param>
    /// <param name="stopping">Rule, fixed beforehand.</param>
    /// <param name="kind">Permutation or pseudo-experiments.</param>
    public static CalibratedPValue?[][] Of(Measured[][] observed, Measured[][][] finished, EarlyStopping stopping, PValueKind kind)
    {
        ExperimentTable.CheckShape(finished, observed);
        return ExperimentTable.Cells(observed, (w, p) => stopping.Of(observed[w][p], ExperimentTable.Column(finished, w, p), kind));
    }
}
