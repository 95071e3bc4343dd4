using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Classifiers;

/// <summary>What the training of a classifier of several classes gave: a classifier, or the reason why there is none.</summary>
/// <param name="Classifier">Null if the training failed.</param>
/// <param name="Failure">Why it failed, in one line; null for a success.</param>
/// <param name="ValidationLoss">Weighted mean log-loss of the validation rows after each epoch.</param>
public sealed record MulticlassFit(MulticlassClassifier? Classifier, string? Failure, IReadOnlyList<double> ValidationLoss);

/// <summary>
/// A network with a softmax over classes at the epoch of its lowest validation loss: p(class | features), every class having the same
/// summed weight. Safe for several threads at once.
/// </summary>
public sealed unsafe class MulticlassClassifier
{
    private const int BlockRows = 256;

    private readonly Standardisation _scaling;
    private readonly ClassifierNetwork _network;

    private MulticlassClassifier(Standardisation scaling, ClassifierNetwork network) => (_scaling, _network) = (scaling, network);

    /// <summary>Number of classes.</summary>
    public int Classes => _network.Layers.Outputs;

    /// <summary>Trains.</summary>
    /// <param name="columns">[feature][row], finite in the listed rows.</param>
    /// <param name="training">Rows to train on; the classes get the same summed weight.</param>
    /// <param name="validation">Rows whose loss chooses the epoch.</param>
    /// <param name="labels">Class of each row, from 0.</param>
    /// <param name="classes">Their number, 2 to 255.</param>
    /// <param name="weights">A finite weight of at least 0 for each row; empty: all 1.</param>
    /// <param name="options">How to train.</param>
    /// <param name="stream">Draws the weights and shuffles the rows.</param>
    /// <param name="threads">At least 1; any number gives the same bits.</param>
    /// <param name="cancellation">Looked at before each training step.</param>
    /// <exception cref="ArgumentException">
    /// An option out of range, arrays of different lengths, a label that is no class, or a negative weight.
    /// </exception>
    public static MulticlassFit Fit(
        float[][] columns,
        int[] training,
        int[] validation,
        byte[] labels,
        int classes,
        double[] weights,
        MulticlassOptions options,
        RandomStream stream,
        int threads,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, byte.MaxValue);
        if (columns.Any(column => column.Length != labels.Length) || (weights.Length != 0 && weights.Length != labels.Length))
        {
            throw new ArgumentException("A label a row, and a weight a row or none.", nameof(labels));
        }

        var network = options.ToNetwork();
        int[] used = [.. training, .. validation];
        var (factors, problem) = Factors(used, labels, classes, weights);
        if (problem is not null)
        {
            return new MulticlassFit(null, problem, []);
        }

        var missing = new[] { training, validation }.Any(rows => Enumerable.Range(0, classes).Any(c => !rows.Any(row => labels[row] == c)));
        var (scaling, failure) = missing
            ? (null, "too few rows of one class to train and to validate on")
            : Standardisation.Fit(columns, used);
        if (scaling is null)
        {
            return new MulticlassFit(null, failure, []);
        }

        var (features, scaled) = (new float[labels.Length * columns.Length], new float[labels.Length]);
        foreach (var row in used)
        {
            scaled[row] = (float)((weights.Length == 0 ? 1 : weights[row]) * factors[labels[row]]);
            for (var f = 0; f < columns.Length; f++)
            {
                features[(row * columns.Length) + f] = scaling.Apply(f, columns[f][row]);
            }
        }

        var streams = new NamedStreams(stream.NextUInt64());
        var model = new ClassifierNetwork(columns.Length, network, classes);
        model.Layers.Initialise(streams["weights"]);
        var outcome = new Trainer(
            new MulticlassTraining(model, features, labels, scaled), network.ToSettings(), [.. training], validation)
            .Run(streams["shuffle"], threads, cancellation);
        if (outcome.Failure is not null)
        {
            return new MulticlassFit(null, outcome.Failure, outcome.ValidationLoss);
        }

        var best = new ClassifierNetwork(columns.Length, network, classes);
        best.Parameters.CopyFrom(outcome.Snapshots[0]);
        best.Layers.Refresh();
        return new MulticlassFit(new MulticlassClassifier(scaling, best), null, outcome.ValidationLoss);
    }

    /// <summary>ln p(class | features), [class][place in the list of rows].</summary>
    /// <param name="columns">[feature][row], finite, in the units of the training.</param>
    /// <param name="rows">Those that are asked for.</param>
    public double[][] LogPosterior(float[][] columns, int[] rows)
    {
        if (columns.Length != _scaling.Mean.Length)
        {
            throw new ArgumentException($"{columns.Length} features; the classifier was trained on {_scaling.Mean.Length}");
        }

        var posterior = Enumerable.Range(0, Classes).Select(_ => new double[rows.Length]).ToArray();
        var (x, state, pass) = (new Matrix(BlockRows, columns.Length), _network.Layers.NewState(BlockRows), new Pass());
        for (var begin = 0; begin < rows.Length; begin += BlockRows)
        {
            pass.Rows = Math.Min(BlockRows, rows.Length - begin);
            for (var i = 0; i < pass.Rows; i++)
            {
                for (var f = 0; f < columns.Length; f++)
                {
                    x.Row(i)[f] = _scaling.Apply(f, columns[f][rows[begin + i]]);
                }
            }

            _network.Layers.Forward(x, state, pass);
            for (var i = 0; i < pass.Rows; i++)
            {
                var normalisation = LogSum(state.Output.Row(i), Classes);
                for (var c = 0; c < Classes; c++)
                {
                    posterior[c][begin + i] = state.Output.Row(i)[c] - normalisation;
                }
            }
        }

        return posterior;
    }

    // ln sum_c e^(x_c).
    private static double LogSum(float* logits, int classes)
    {
        double largest = logits[0];
        for (var c = 1; c < classes; c++)
        {
            largest = Math.Max(largest, logits[c]);
        }

        var sum = 0.0;
        for (var c = 0; c < classes; c++)
        {
            sum += PortableMath.Exp(logits[c] - largest);
        }

        return largest + PortableMath.Log(sum);
    }

    // n/(classes W_c) with W_c the summed weight of class c: equal classes, and a mean weight of 1.
    private static (double[] Factors, string? Problem) Factors(int[] rows, byte[] labels, int classes, double[] weights)
    {
        var sums = new double[classes];
        foreach (var row in rows)
        {
            var weight = weights.Length == 0 ? 1 : weights[row];
            if (labels[row] >= classes || !(weight >= 0 && double.IsFinite(weight)))
            {
                throw new ArgumentException($"row {row} has label {labels[row]} and weight {weight}; allowed: a class, and at least 0");
            }

            sums[labels[row]] += weight;
        }

        var empty = Array.FindIndex(sums, sum => !(sum > 0));
        return (Array.ConvertAll(sums, sum => rows.Length / (classes * sum)), empty >= 0 ? $"class {empty} has no weight" : null);
    }
}
