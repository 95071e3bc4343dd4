namespace Sideband.Inference.Calibration;

/// <summary>
/// The global p-value: the largest significance of a search among the largest of each experiment, which corrects for all windows and
/// working points (and methods, as more windows of the same tables) with their correlations.
/// </summary>
/// <param name="Window">Index of the window with the largest observed S; -1 without any.</param>
/// <param name="WorkingPoint">Index of its working point; -1 without any.</param>
/// <param name="Largest">The largest observed S.</param>
/// <param name="PValue">
/// Its rank among the experiments' largest; where none reaches it, beside it the sum of the normal tails of all cells, which bounds the
/// probability that the largest of them exceeds it.
/// </param>
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
        var value = PermutationPValue.Of(largest, LargestOf(observed, experiments), kind);
        return new GlobalPValue(window, point, largest, value.Bound && largest.Value is { } threshold
            ? value with { Extrapolated = Extrapolate(threshold, observed, experiments) }
            : value);
    }

    /// <summary>Each S among the experiments' largest: corrected for all windows and working points, [window][working point].</summary>
    /// <inheritdoc cref="Of"/>
    public static CalibratedPValue[][] PerCell(Measured[][] observed, Measured[][][] experiments, PValueKind kind)
    {
        ExperimentTable.CheckShape(experiments, observed);
        var largest = LargestOf(observed, experiments);
        return ExperimentTable.Cells(observed, (w, p) => PermutationPValue.Of(observed[w][p], largest, kind));
    }

    /// <summary>
    /// The largest S of each experiment over the cells that the search looks at; undefined, with its reason, where one of them is.
    /// </summary>
    /// <inheritdoc cref="Of"/>
    public static Measured[] LargestOf(Measured[][] observed, Measured[][][] experiments) =>
        [.. experiments.Select(experiment => Find(experiment, observed).Largest)];

    // The probability that any of several exceeds a threshold is at most the sum of the probabilities that each does.
    private static ExtrapolatedPValue Extrapolate(double threshold, Measured[][] observed, Measured[][][] experiments)
    {
        ExtrapolatedPValue[] tails =
        [
            .. ExperimentTable.Cells(observed, (w, p) => (Searched: observed[w][p].IsDefined, w, p))
                .SelectMany(row => row)
                .Where(cell => cell.Searched)
                .Select(cell => ExtrapolatedPValue.Of(
                    threshold, VarianceInflation.Of(ExperimentTable.Column(experiments, cell.w, cell.p)))),
        ];
        Measured Sum(Func<ExtrapolatedPValue, Measured> part) => tails.Aggregate(
            Measured.Of(0), (sum, tail) => sum.Then(before => part(tail).Select(value => Math.Min(1, before + value))));
        return new ExtrapolatedPValue(Sum(tail => tail.Value), Sum(tail => tail.Low), Sum(tail => tail.High));
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
