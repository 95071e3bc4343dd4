using Sideband.Numerics;

namespace Sideband.Learning.Boosting;

/// <summary>
/// Gradient boosting of trees on the binary log-loss, with early stopping on given validation rows: the algorithm of
/// scikit-learn 1.2.1's HistGradientBoostingClassifier (Newton boosting on histograms, trees grown best-first).
/// </summary>
public static unsafe class BoostedTrees
{
    /// <summary>Trains one model.</summary>
    /// <param name="x">Binned features of all rows.</param>
    /// <param name="trainRows">Rows that the trees are grown on.</param>
    /// <param name="validationRows">Rows that decide when to stop.</param>
    /// <param name="labels">0 or 1 for each row of <paramref name="x"/>.</param>
    /// <param name="weights">
    /// A finite weight for each row of <paramref name="x"/>; empty: all 1. Used as |w| in units of the mean
    /// (<see cref="BoostingOptions.BalancedClassWeights"/>).
    /// </param>
    /// <param name="options">Checked here.</param>
    /// <param name="workspace">Memory to reuse; null for new memory.</param>
    /// <returns>The model, or a failure with its reason (a class without weight, a weight that is not finite).</returns>
    /// <exception cref="ArgumentException">An option out of range, or labels or weights of another length than the matrix.</exception>
    public static TrainingResult Fit(
        BinnedMatrix x,
        ReadOnlySpan<int> trainRows,
        ReadOnlySpan<int> validationRows,
        ReadOnlySpan<byte> labels,
        ReadOnlySpan<double> weights,
        BoostingOptions options,
        BoostingWorkspace? workspace = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        TrainingWeights.CheckLengths(x.Count, labels, weights);
        var (factors, problem) = TrainingWeights.Of([.. trainRows, .. validationRows], labels, weights, options.BalancedClassWeights);
        if (problem is not null)
        {
            return TrainingResult.Failed(problem);
        }

        workspace ??= new BoostingWorkspace();
        workspace.Training.LoadBins(x, trainRows);
        workspace.Validation.LoadBins(x, validationRows);
        return FitLoaded(
            workspace.TrainingPlanes(x, trainRows),
            (x.BinCounts.ToArray(), x.MissingBin),
            new RowSplit(trainRows, validationRows),
            labels,
            weights,
            factors,
            options,
            workspace);
    }

    /// <summary>
    /// The same on rows whose bins the workspace has, where options, row numbers, labels and weights are known to be good.
    /// </summary>
    /// <param name="planes">Bins of the training rows.</param>
    /// <param name="binning">Numbers of bins, one a feature and without that of missing values, and the bin of missing values.</param>
    /// <param name="split">Rows that trees are grown on, and rows that decide when to stop.</param>
    /// <param name="labels">0 or 1 for each row number.</param>
    /// <param name="weights">A weight for each row number; empty for 1.</param>
    /// <param name="factors">On |w|.</param>
    /// <param name="options">Of the training.</param>
    /// <param name="workspace">Holds the bins of both sides by feature.</param>
    internal static TrainingResult FitLoaded(
        RowPlanes planes,
        (int[] Counts, int Missing) binning,
        RowSplit split,
        ReadOnlySpan<byte> labels,
        ReadOnlySpan<double> weights,
        TrainingWeights factors,
        BoostingOptions options,
        BoostingWorkspace workspace)
    {
        workspace.Training.LoadWeights(split.Training, labels, weights, factors);
        workspace.Validation.LoadWeights(split.Validation, labels, weights, factors);
        return (workspace.Training.MissingClass("training") ?? workspace.Validation.MissingClass("validation")) is { } missing
            ? TrainingResult.Failed(missing)
            : Boost(planes, binning, options, workspace);
    }

    private static TrainingResult Boost(
        RowPlanes planes, (int[] Counts, int Missing) binning, BoostingOptions options, BoostingWorkspace workspace)
    {
        var (training, validation) = (workspace.Training, workspace.Validation);
        var baseline = PortableMath.Log(training.PositiveWeight / (training.TotalWeight - training.PositiveWeight));
        training.StartFrom(baseline);
        validation.StartFrom(baseline);
        var units = FixedPoint.For(training.Count, training.LargestWeight);
        workspace.Derivatives.EnsureLength(training.PaddedCount);
        workspace.Grower.Begin(planes, training.Columns, binning.Counts, binning.Missing, units, options);

        var trees = new List<Tree>();
        var trainingLoss = new List<double>();
        var stopping = new EarlyStopping(options.Patience, options.Tolerance);
        stopping.Add(validation.MeanLoss());
        while (trees.Count < options.MaxIterations)
        {
            // The derivatives of this iteration come with the training loss that the previous one reached.
            var loss = LogisticKernel.Derivatives(
                training.Scores,
                training.SignedWeights,
                workspace.Derivatives.Pointer,
                training.PaddedCount,
                units.GradientScale,
                units.HessianScale);
            trainingLoss.Add(loss / training.TotalWeight);
            var tree = workspace.Grower.Grow(workspace.Derivatives.Pointer);
            trees.Add(tree);
            workspace.LeafTable.Fill(tree, binning.Missing);
            workspace.LeafTable.AddTo(training.Scores, training.Columns, training.Count);
            workspace.LeafTable.AddTo(validation.Scores, validation.Columns, validation.Count);
            stopping.Add(validation.MeanLoss());
            if (stopping.ShouldStop)
            {
                break;
            }
        }

        trainingLoss.Add(training.MeanLoss());
        var kept = options.Keep == KeepIterations.Best ? Math.Min(trees.Count, Math.Max(stopping.Best, options.FewestTrees)) : trees.Count;
        GC.KeepAlive(workspace);
        return new TrainingResult
        {
            Baseline = baseline,
            Trees = trees.GetRange(0, kept),
            IterationsRun = trees.Count,
            BestIteration = stopping.Best,
            TrainingLoss = trainingLoss,
            ValidationLoss = stopping.Losses,
        };
    }
}
