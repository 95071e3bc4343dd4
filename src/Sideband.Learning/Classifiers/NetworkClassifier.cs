using Sideband.Learning.Boosting;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Classifiers;

/// <summary>What the training of a neural classifier gave: a classifier, or the reason why there is none.</summary>
/// <param name="Classifier">Null if the training failed.</param>
/// <param name="Failure">Why it failed, in one line; null for a success.</param>
/// <param name="TrainingLoss">Weighted mean log-loss of each epoch's training steps.</param>
/// <param name="ValidationLoss">The same of the validation rows after each epoch.</param>
/// <param name="PooledEpochs">Numbers, from 0, of the epochs whose scores are averaged, the one of lowest validation loss first.</param>
public sealed record NetworkClassifierFit(
    NetworkClassifier? Classifier,
    string? Failure,
    IReadOnlyList<double> TrainingLoss,
    IReadOnlyList<double> ValidationLoss,
    IReadOnlyList<int> PooledEpochs)
{
    public bool Succeeded => Classifier is not null;

    /// <summary>Whether all rows that were trained and validated on have one score: a cut on it selects all or nothing.</summary>
    public bool LearnedNothing { get; init; }

    internal static NetworkClassifierFit Failed(string reason) => new(null, reason, [], [], []);
}

/// <summary>A neural classifier: the mean score of a network's weights at its best epochs. Safe for several threads at once.</summary>
public sealed unsafe class NetworkClassifier
{
    private const int BlockRows = 256;

    private readonly FeatureSubset _features;
    private readonly Standardisation _scaling;
    private readonly IReadOnlyList<ClassifierNetwork> _members;

    private NetworkClassifier(FeatureSubset features, Standardisation scaling, IReadOnlyList<ClassifierNetwork> members) =>
        (_features, _scaling, _members) = (features, scaling, members);

    /// <summary>
    /// Numbers, from 0, of the features that it sees, ascending (<see cref="NetworkClassifierOptions.FeaturesPerMember"/>).
    /// </summary>
    public IReadOnlyList<int> Features => _features.Numbers;

    /// <summary>Trains on a random split of the rows; a training whose loss is not finite is done again once with another stream.</summary>
    /// <param name="columns">[feature][row], finite in the listed rows.</param>
    /// <param name="rows">The rows to train and validate on; the others are not looked at.</param>
    /// <param name="labels">0 or 1 for each row.</param>
    /// <param name="weights">
    /// A finite weight for each row; empty: all 1. Used as |w| in units of the mean (<see cref="BoostingOptions.BalancedClassWeights"/>).
    /// </param>
    /// <param name="options">How to train.</param>
    /// <param name="stream">
    /// Splits and shuffles the rows, draws the features where it sees some of them only, and draws the weights of the network.
    /// </param>
    /// <param name="threads">At least 1; any number gives the same bits.</param>
    /// <param name="cancellation">Looked at before each training step.</param>
    /// <exception cref="ArgumentException">
    /// An option out of range, more features to draw than there are, or arrays of different lengths.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NetworkClassifierFit Fit(
        float[][] columns,
        int[] rows,
        byte[] labels,
        double[] weights,
        NetworkClassifierOptions options,
        RandomStream stream,
        int threads,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        options.Validate();
        FeatureDraw.Check(columns.Length, options.FeaturesPerMember);
        foreach (var column in columns)
        {
            TrainingWeights.CheckLengths(column.Length, labels, weights);
        }

        var (factors, problem) = TrainingWeights.Of(rows, labels, weights, options.BalancedClassWeights);
        if (problem is not null)
        {
            return NetworkClassifierFit.Failed(problem);
        }

        var streams = new NamedStreams(stream.NextUInt64());
        var (training, validation) = StratifiedSplit.Of(rows, labels, options.ValidationFraction, streams["split"]);
        var signedWeights = SignedWeights(rows, labels, weights, factors);
        if (!HasBoth(training, signedWeights) || !HasBoth(validation, signedWeights))
        {
            return NetworkClassifierFit.Failed("too few rows with weight in one class to train and to validate on");
        }

        var drawn = FeatureDraw.Of(columns.Length, options.FeaturesPerMember, streams["features"]);
        var (scaling, failure) = Standardisation.Fit(columns, drawn, training);
        if (scaling is null)
        {
            return NetworkClassifierFit.Failed(failure!);
        }

        var features = new float[labels.Length * drawn.Length];
        foreach (var row in rows)
        {
            for (var f = 0; f < drawn.Length; f++)
            {
                features[(row * drawn.Length) + f] = scaling.Apply(f, columns[drawn[f]][row]);
            }
        }

        NetworkClassifierFit Attempt(NamedStreams names)
        {
            var network = new ClassifierNetwork(drawn.Length, options);
            network.Layers.Initialise(names["weights"]);
            var model = new ClassifierTraining(
                network, features, signedWeights, [.. Enumerable.Range(0, Trainer.MaxShards).Select(shard => names[$"shard {shard}"])]);
            var outcome = new Trainer(model, options.ToSettings(), training, validation).Run(names["shuffle"], threads, cancellation);
            if (outcome.Failure is not null)
            {
                return NetworkClassifierFit.Failed(outcome.Failure);
            }

            ClassifierNetwork Restore(float[] snapshot)
            {
                var member = new ClassifierNetwork(drawn.Length, options);
                member.Parameters.CopyFrom(snapshot);
                return member;
            }

            var classifier = new NetworkClassifier(
                new FeatureSubset(drawn, columns.Length), scaling, [.. outcome.Snapshots.Select(Restore)]);
            return new NetworkClassifierFit(classifier, null, outcome.TrainingLoss, outcome.ValidationLoss, outcome.PooledEpochs)
            {
                LearnedNothing = classifier.GivesOneScore(columns, rows),
            };
        }

        var first = Attempt(streams.Below("attempt 1"));
        if (first.Succeeded)
        {
            return first;
        }

        var second = Attempt(streams.Below("attempt 2"));
        return second.Succeeded ? second : NetworkClassifierFit.Failed($"{first.Failure}; with another random stream: {second.Failure}");
    }

    /// <summary>
    /// Mean over the pooled epochs of sigma(log-odds), from 0 to 1, of each row; NaN where a feature that it sees is NaN.
    /// </summary>
    /// <param name="columns">[feature][row], in the units of the training; all features, also where it sees some of them only.</param>
    /// <exception cref="ArgumentException">Another number of features.</exception>
    public float[] Score(float[][] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length != _features.Count)
        {
            throw new ArgumentException($"{columns.Length} features; the classifier was trained on {_features.Count}");
        }

        var scores = new float[columns[0].Length];
        var x = new Matrix(BlockRows, _features.Numbers.Length);
        var state = _members[0].Layers.NewState(BlockRows);
        var pass = new Pass();
        var block = new AlignedArray<float>(BlockRows);
        block.Span.Clear();
        Span<double> sums = stackalloc double[BlockRows];
        for (var begin = 0; begin < scores.Length; begin += BlockRows)
        {
            var count = Math.Min(BlockRows, scores.Length - begin);
            for (var i = 0; i < count; i++)
            {
                for (var f = 0; f < _features.Numbers.Length; f++)
                {
                    x.Row(i)[f] = _scaling.Apply(f, columns[_features.Numbers[f]][begin + i]);
                }
            }

            pass.Rows = count;
            sums.Clear();
            foreach (var member in _members)
            {
                member.Layers.Forward(x, state, pass);
                for (var i = 0; i < count; i++)
                {
                    block.Pointer[i] = state.Output.Row(i)[0];
                }

                LogisticLoss.Sigmoid(block.Pointer, BlockRows);
                for (var i = 0; i < count; i++)
                {
                    sums[i] += block.Pointer[i];
                }
            }

            for (var i = 0; i < count; i++)
            {
                scores[begin + i] = (float)(sums[i] / _members.Count);
            }
        }

        return scores;
    }

    /// <summary>
    /// Writes the features that it sees, their standardisation, the layers and the weights of the pooled epochs: 40 kB an epoch with the
    /// default layers.
    /// </summary>
    /// <param name="stream">Left open behind the classifier, so that others may follow.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        NetworkClassifierFile.Frame.Write(stream, writer => NetworkClassifierFile.Write(writer, _features, _scaling, _members));
    }

    /// <summary>The classifier that was saved: scores of any values are the same bits.</summary>
    /// <param name="stream">Left open behind the classifier.</param>
    /// <exception cref="InvalidDataException">
    /// Not a saved classifier, a damaged one, or one of another version; the message says which.
    /// </exception>
    public static NetworkClassifier Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var (features, scaling, members) = NetworkClassifierFile.Read(NetworkClassifierFile.Frame.Read(stream));
        return new NetworkClassifier(features, scaling, members);
    }

    // Block by block: where two scores differ, the first block nearly always shows it.
    private bool GivesOneScore(float[][] columns, int[] rows)
    {
        var first = default(float?);
        foreach (var block in rows.Chunk(BlockRows))
        {
            foreach (var score in Score([.. columns.Select(column => Array.ConvertAll(block, row => column[row]))]))
            {
                first ??= score;
                if (score != first)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool HasBoth(int[] rows, float[] signedWeights) =>
        rows.Any(row => signedWeights[row] < 0) && rows.Any(row => signedWeights[row] > 0);

    private static float[] SignedWeights(int[] rows, byte[] labels, double[] weights, TrainingWeights factors)
    {
        var signed = new float[labels.Length];
        foreach (var row in rows)
        {
            signed[row] = (float)((weights.Length == 0 ? 1 : Math.Abs(weights[row])) * (labels[row] == 0 ? -factors.Zero : factors.One));
        }

        return signed;
    }
}
