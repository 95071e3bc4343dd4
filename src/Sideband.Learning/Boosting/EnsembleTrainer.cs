using System.Collections.Concurrent;
using Sideband.Numerics;

namespace Sideband.Learning.Boosting;

/// <summary>
/// Trains the members of an ensemble, each on its own random split of the rows in training and validation rows, in the bins of its
/// training rows, and on its own draw of the features where they see some of them only. Members are independent, so that any number of
/// threads gives the same bits.
/// </summary>
public static class EnsembleTrainer
{
    /// <summary>Trains an ensemble.</summary>
    /// <param name="x">The features, sorted.</param>
    /// <param name="rows">The rows to train on; the others are not looked at.</param>
    /// <param name="labels">0 or 1 for each row of <paramref name="x"/>.</param>
    /// <param name="weights">
    /// A finite weight for each row of <paramref name="x"/>; empty: all 1. Used as |w| in units of the mean
    /// (<see cref="BoostingOptions.BalancedClassWeights"/>).
    /// </param>
    /// <param name="members">At least 1.</param>
    /// <param name="options">The same for all members.</param>
    /// <param name="streamOfMember">The random stream of member 0, 1, ...: it splits the rows, and then draws the features.</param>
    /// <param name="parallelism">Members trained at one time, at least 1.</param>
    /// <param name="cancellation">Looked at before each member.</param>
    /// <param name="memory">What earlier trainings left, and where this one's goes; null: its own.</param>
    /// <returns>
    /// The members that succeeded, and why others failed: failures are counted, and only an ensemble without members is one.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// An option out of range, more features a member than there are, or labels or weights of another length than the matrix.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TreeEnsemble Fit(
        SortedColumns x,
        int[] rows,
        byte[] labels,
        double[] weights,
        int members,
        BoostingOptions options,
        Func<int, RandomStream> streamOfMember,
        int parallelism,
        CancellationToken cancellation,
        BoostingMemory? memory = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(streamOfMember);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        options.Validate();
        FeatureDraw.Check(x.FeatureCount, options.FeaturesPerMember);
        TrainingWeights.CheckLengths(x.Count, labels, weights);
        var (factors, problem) = TrainingWeights.Of(rows, labels, weights, options.BalancedClassWeights);
        if (problem is not null)
        {
            return TreeEnsemble.Failed(problem, members);
        }

        var results = new EnsembleMember[members];
        memory ??= new BoostingMemory();
        void Train(int member)
        {
            var workspace = memory.Take();
            var stream = streamOfMember(member);
            var split = workspace.Split(rows, labels, options.ValidationFraction, stream);
            var features = FeatureDraw.Of(x.FeatureCount, options.FeaturesPerMember, stream);
            var own = features.Length == x.FeatureCount ? x : x.Only(features);
            var (planes, binning) = workspace.LoadBins(split, own, options.MaxBins);
            var training = BoostedTrees.FitLoaded(
                planes, (binning.BinCounts(), binning.MaxBins), split, labels, weights, factors, options, workspace);
            var trained = new EnsembleMember(training, binning);
            results[member] = own == x ? trained : trained.Among(features, x.FeatureCount);
            memory.Return(workspace);
        }

        if (parallelism == 1)
        {
            for (var member = 0; member < members; member++)
            {
                cancellation.ThrowIfCancellationRequested();
                Train(member);
            }
        }
        else
        {
            // One member at a time: ranges of several would leave threads idle at the end.
            var each = Partitioner.Create(0, members, rangeSize: 1);
            Parallel.ForEach(
                each,
                new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation },
                range => Train(range.Item1));
        }

        return new TreeEnsemble(results);
    }
}
