using Sideband.Learning.Boosting;
using Sideband.Learning.Kernels;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Classifiers;

/// <summary>The weighted log-loss of a classifier on standardised rows.</summary>
internal sealed unsafe class ClassifierTraining : ITrainable
{
    private readonly ClassifierNetwork _network;
    private readonly float[] _features;
    private readonly float[] _signedWeights;
    private readonly int _dimensions;
    private readonly RandomStream[] _noise;
    private Shard[] _shards = [];

    /// <param name="network">Its weights are drawn already.</param>
    /// <param name="features">Feature f of row i at [i * dimensions + f].</param>
    /// <param name="signedWeights">+w for class 1, -w for class 0.</param>
    /// <param name="noise">Dropout of each shard.</param>
    public ClassifierTraining(ClassifierNetwork network, float[] features, float[] signedWeights, RandomStream[] noise)
    {
        (_network, _features, _signedWeights, _noise) = (network, features, signedWeights, noise);
        _dimensions = network.Layers.Inputs;
    }

    public Parameters Parameters => _network.Parameters;

    public bool MixesRows => _network.Layers.MixesRows;

    public void Prepare(int shards, int rows) =>
        _shards = [.. Enumerable.Range(0, shards).Select(shard => new Shard(_network.Layers, rows, _noise[shard]))];

    public void Refresh() => _network.Layers.Refresh();

    public LossSum Step(int shard, ReadOnlySpan<int> rows, int batchRows, float* gradient)
    {
        var s = _shards[shard];
        s.Training.Gradient = gradient;
        var loss = Loss(s, rows, s.Training, 1f / batchRows);
        for (var i = 0; i < rows.Length; i++)
        {
            s.Gradient.Row(i)[0] = s.Logits.Pointer[i];
        }

        _network.Layers.Backward(s.X, s.State, s.Gradient, null, add: false, s.Training);
        return loss;
    }

    public LossSum Evaluate(int shard, ReadOnlySpan<int> rows) => Loss(_shards[shard], rows, _shards[shard].Evaluation, 0);

    /// <summary>The way forth; leaves the derivatives where the log-odds were.</summary>
    private LossSum Loss(Shard s, ReadOnlySpan<int> rows, Pass pass, float scale)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            _features.AsSpan(rows[i] * _dimensions, _dimensions).CopyTo(s.X.RowSpan(i));
            s.SignedWeights.Pointer[i] = _signedWeights[rows[i]];
        }

        pass.Rows = rows.Length;
        _network.Layers.Forward(s.X, s.State, pass);
        for (var i = 0; i < rows.Length; i++)
        {
            s.Logits.Pointer[i] = s.State.Output.Row(i)[0];
        }

        var padded = PanelLayout.RoundUp(rows.Length, VectorMath.Lanes);
        s.Logits.Span[rows.Length..padded].Clear();
        s.SignedWeights.Span[rows.Length..padded].Clear();
        return LogisticLoss.Evaluate(s.Logits.Pointer, s.SignedWeights.Pointer, padded, scale);
    }

    private sealed class Shard
    {
        public Shard(LayerChain layers, int rows, RandomStream noise)
        {
            X = new Matrix(rows, layers.Inputs);
            Gradient = new Matrix(rows, 1);
            State = layers.NewState(rows);
            Logits = new AlignedArray<float>(PanelLayout.RoundUp(rows, VectorMath.Lanes));
            SignedWeights = new AlignedArray<float>(PanelLayout.RoundUp(rows, VectorMath.Lanes));
            Training = new Pass { Training = true, KeepDerivatives = true, Noise = noise };
        }

        public Matrix X { get; }

        public Matrix Gradient { get; }

        public LayerState State { get; }

        public AlignedArray<float> Logits { get; }

        public AlignedArray<float> SignedWeights { get; }

        public Pass Training { get; }

        public Pass Evaluation { get; } = new();
    }
}
