using Sideband.Learning.Boosting;
using Sideband.Learning.Kernels;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Classifiers;

/// <summary>The weighted log-loss of a softmax over classes on standardised rows.</summary>
/// <param name="network">As many outputs as classes; its weights are drawn already.</param>
/// <param name="features">Feature f of row i at [i * features + f].</param>
/// <param name="labels">Class of each row.</param>
/// <param name="weights">Weight of each row, at least 0.</param>
internal sealed unsafe class MulticlassTraining(ClassifierNetwork network, float[] features, byte[] labels, float[] weights) : ITrainable
{
    private readonly int _dimensions = network.Layers.Inputs;
    private readonly int _classes = network.Layers.Outputs;
    private Shard[] _shards = [];

    public Parameters Parameters => network.Parameters;

    public bool MixesRows => network.Layers.MixesRows;

    public void Prepare(int shards, int rows) =>
        _shards = [.. Enumerable.Range(0, shards).Select(_ => new Shard(network.Layers, rows))];

    public void Refresh() => network.Layers.Refresh();

    public LossSum Step(int shard, ReadOnlySpan<int> rows, int batchRows, float* gradient)
    {
        var s = _shards[shard];
        s.Training.Gradient = gradient;
        var loss = Loss(s, rows, s.Training, 1f / batchRows);
        var padded = PanelLayout.RoundUp(rows.Length, VectorMath.Lanes);
        for (var i = 0; i < rows.Length; i++)
        {
            for (var c = 0; c < _classes; c++)
            {
                s.Gradient.Row(i)[c] = s.Logits.Pointer[(c * padded) + i];
            }
        }

        network.Layers.Backward(s.X, s.State, s.Gradient, null, add: false, s.Training);
        return loss;
    }

    public LossSum Evaluate(int shard, ReadOnlySpan<int> rows) => Loss(_shards[shard], rows, _shards[shard].Evaluation, 0);

    /// <summary>The way forth; leaves the derivatives where the logits were, [class][row].</summary>
    private LossSum Loss(Shard s, ReadOnlySpan<int> rows, Pass pass, float scale)
    {
        var padded = PanelLayout.RoundUp(rows.Length, VectorMath.Lanes);
        s.Logits.Span.Clear();
        s.Labels.Span.Clear();
        s.Weights.Span.Clear();
        for (var i = 0; i < rows.Length; i++)
        {
            features.AsSpan(rows[i] * _dimensions, _dimensions).CopyTo(s.X.RowSpan(i));
            s.Labels.Pointer[i] = labels[rows[i]];
            s.Weights.Pointer[i] = weights[rows[i]];
        }

        pass.Rows = rows.Length;
        network.Layers.Forward(s.X, s.State, pass);
        for (var i = 0; i < rows.Length; i++)
        {
            for (var c = 0; c < _classes; c++)
            {
                s.Logits.Pointer[(c * padded) + i] = s.State.Output.Row(i)[c];
            }
        }

        return SoftmaxLoss.Evaluate(s.Logits.Pointer, _classes, s.Labels.Pointer, s.Weights.Pointer, padded, scale);
    }

    private sealed class Shard
    {
        public Shard(LayerChain layers, int rows)
        {
            var padded = PanelLayout.RoundUp(rows, VectorMath.Lanes);
            X = new Matrix(rows, layers.Inputs);
            Gradient = new Matrix(rows, layers.Outputs);
            State = layers.NewState(rows);
            Logits = new AlignedArray<float>(padded * layers.Outputs);
            Labels = new AlignedArray<float>(padded);
            Weights = new AlignedArray<float>(padded);
        }

        public Matrix X { get; }

        public Matrix Gradient { get; }

        public LayerState State { get; }

        public AlignedArray<float> Logits { get; }

        public AlignedArray<float> Labels { get; }

        public AlignedArray<float> Weights { get; }

        public Pass Training { get; } = new() { Training = true, KeepDerivatives = true };

        public Pass Evaluation { get; } = new();
    }
}
