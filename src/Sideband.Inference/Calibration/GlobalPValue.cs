namespace Sideband.Inference.Calibration;

/// <summary>
/// The global p-value: the largest significance of a search among the largest of each experiment, which corrects for all windows and
/// working points (and methods, as more windows of the same tables) with their correlations.
/// </summary>
/// <param name="Window">Index of the window with the largest observed S; -1 without any.</param>
/// <param name="WorkingPoint">Index of its working point; -1 without any.</param>
/// <param name="Largest">The largest observed S.</param>
/// <param name="PValue">Its rank among the experiments' largest.</param>
public sealed record GlobalPValue(int Window, int WorkingPoint, Measured Largest, CalibratedPValue PValue)
{
    /// <param name="observed">
    /// Signed significances, [window][working point]; cells without a value are not looked at, in experiments either.
    /// </param>
    /// <param name="experiments">
    /// Likewise made, [experiment][window][working point]; an experiment without a value in a cell that the search looks at counts as an
    /// exceedance.
    /// </param>
    /// <param name="kind">Permutation or pseudo-experiments.</param>
    public static GlobalPValue Of(Measured[][] observed, Measured[][][] experiments, PValueKind kind)
    {
        ExperimentTable.CheckShape(experiments, observed);
        var (window, point, largest) = Find(observed, observed);
        return new GlobalPValue(
            window,
            point,
            largest,
            PermutationPValue.Of(largest, [.. experiments.Select(experiment => Find(experiment, observed).Largest)], kind));
    }

    /// <summary>
    /// The largest of a table over the cells that the observed search has, and its place; undefined, with its reason, if one is.
    /// </summary>
    private static (int Window, int WorkingPoint, Measured Largest) Find(Measured[][] table, Measured[][] observed)
    {
        var found = (Window: -1, WorkingPoint: -1, Largest: Measured.Undefined("no window has a significance"));
        for (var w = 0; w < observed.Length; w++)
        {
            for (var p = 0; p < observed[w].Length; p++)
            {
                if (!observed[w][p].IsDefined)
                {
                    continue;
                }

                if (table[w][p].Value is not { } value)
                {
                    return (w, p, table[w][p]);
                }

                found = found.Largest.Value >= value ? found : (w, p, table[w][p]);
            }
        }

        return found;
    }
}
