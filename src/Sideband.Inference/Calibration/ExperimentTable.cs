namespace Sideband.Inference.Calibration;

/// <summary>What holds for all tables [experiment][window][working point].</summary>
public static class ExperimentTable
{
    /// <summary>
    /// Mean over the independent runs, experiment by experiment, as a search takes the mean significance of its runs; runs without a
    /// value are left out, and a cell without any run has the first run's reason.
    /// </summary>
    /// <param name="runs">One table a run, [experiment][window][working point], all of one shape.</param>
    public static Measured[][][] MeanOverRuns(IReadOnlyList<Measured[][][]> runs)
    {
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count);
        foreach (var run in runs)
        {
            CheckShape(run, runs[0][0]);
            ArgumentOutOfRangeException.ThrowIfNotEqual(run.Length, runs[0].Length, nameof(runs));
        }

        return [.. runs[0].Select((experiment, e) => Cells(experiment, (w, p) =>
            Counting.RunStatistics.Of([.. runs.Select(run => run[e][w][p])]).Mean))];
    }

    /// <summary>The experiments' values of each cell through a function, as [window][working point].</summary>
    internal static TResult[][] Map<TCell, TResult>(TCell[][][] table, Func<IReadOnlyList<TCell>, TResult> function)
    {
        ArgumentOutOfRangeException.ThrowIfZero(table.Length);
        CheckShape(table, table[0]);
        return Cells(table[0], (w, p) => function(Column(table, w, p)));
    }

    /// <summary>One cell of every experiment.</summary>
    internal static TCell[] Column<TCell>(TCell[][][] table, int window, int workingPoint) =>
        [.. table.Select(experiment => experiment[window][workingPoint])];

    /// <summary>A function of each cell's place, in the shape of a model.</summary>
    internal static TResult[][] Cells<TCell, TResult>(TCell[][] shape, Func<int, int, TResult> function) =>
        [.. shape.Select((row, w) => row.Select((_, p) => function(w, p)).ToArray())];

    /// <exception cref="ArgumentException">Some experiment has other windows or working points.</exception>
    internal static void CheckShape<TCell, TModel>(TCell[][][] table, TModel[][] shape)
    {
        for (var e = 0; e < table.Length; e++)
        {
            if (table[e].Length != shape.Length || !table[e].Zip(shape).All(pair => pair.First.Length == pair.Second.Length))
            {
                throw new ArgumentException($"Experiment {e} has other windows or working points than the rest.", nameof(table));
            }
        }
    }
}
