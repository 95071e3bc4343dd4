using Sideband.Learning.Densities;
using Sideband.Learning.Densities.Flows;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Transport;

/// <summary>
/// Loss of a transport under a base density: mean over targets x of |z|^2/2 + d ln(2 pi)/2 - ln |dz/dy| - ln |dy/dx| with y = T^-1(x) and
/// z = f(y; m) of the base density, which stays as it is. Where the base has a mass of its own, it is another source's, drawn anew for
/// every pass.
/// </summary>
internal sealed unsafe class SplineTransportTraining : ITrainable
{
    private readonly FlowNetwork _network;
    private readonly FlowNetwork _density;
    private readonly PairedEvents _events;
    private readonly RandomStream _stream;
    private readonly float[] _baseMass;
    private Shard[] _shards = [];

    /// <param name="network">T^-1; its weights are drawn already.</param>
    /// <param name="density">The base.</param>
    /// <param name="events">Targets, and the sources whose masses the base is taken at.</param>
    /// <param name="stream">Masses of the training.</param>
    /// <param name="validationStream">Masses of the validation: the same in every epoch.</param>
    public SplineTransportTraining(
        FlowNetwork network, FlowNetwork density, PairedEvents events, RandomStream stream, RandomStream validationStream)
    {
        (_network, _density, _events, _stream) = (network, density, events, stream);
        _baseMass = [.. events.Targets.Mass];
        DrawMasses(events.Validation, validationStream);
    }

    public Parameters Parameters => _network.Parameters;

    public bool MixesRows => false;

    public void Prepare(int shards, int rows) =>
        _shards = [.. Enumerable.Range(0, shards).Select(_ => new Shard(_network, _density, rows))];

    public void Refresh() => _network.Refresh();

    public void BeginEpoch(ShardTeam team) => DrawMasses(_events.Training, _stream);

    public LossSum Step(int shard, ReadOnlySpan<int> rows, int batchRows, float* gradient)
    {
        var s = _shards[shard];
        s.Training.Gradient = gradient;
        var loss = Loss(s, rows, s.Training, out var y, out var z);
        var scale = 1f / batchRows;
        StandardNormal.Gradient(z, rows.Length, scale, s.Gradient);
        _density.Backward(y, s.BaseStates, s.Gradient, -scale, s.Base);
        _network.Backward(s.X, s.States, s.Gradient, -scale, s.Training);
        return loss;
    }

    public LossSum Evaluate(int shard, ReadOnlySpan<int> rows) => Loss(_shards[shard], rows, _shards[shard].Evaluation, out _, out _);

    private void DrawMasses(ReadOnlySpan<int> rows, RandomStream stream)
    {
        if (_events.MassesOfPair == 1)
        {
            return;
        }

        foreach (var row in rows)
        {
            _baseMass[row] = _events.Sources.Mass[stream.NextInt(_events.Sources.Count)];
        }
    }

    private LossSum Loss(Shard s, ReadOnlySpan<int> rows, Pass pass, out Matrix y, out Matrix z)
    {
        var d = _events.Targets.Dimensions;
        for (var i = 0; i < rows.Length; i++)
        {
            _events.Targets.Features.AsSpan(rows[i] * d, d).CopyTo(s.X.RowSpan(i));
            var context = s.Context.RowSpan(i);
            context[0] = _events.Targets.Mass[rows[i]];
            context[^1] = s.BaseContext.RowSpan(i)[0] = _baseMass[rows[i]];
        }

        pass.Rows = s.Base.Rows = rows.Length;
        y = _network.Forward(s.X, s.States, s.LogJacobian, pass);
        z = _density.Forward(y, s.BaseStates, s.BaseLogJacobian, s.Base);
        var sum = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            sum += StandardNormal.NegativeLogDensity(z.RowSpan(i)) - s.BaseLogJacobian[i] - s.LogJacobian[i];
        }

        return new LossSum(sum, rows.Length);
    }

    private sealed class Shard
    {
        public Shard(FlowNetwork network, FlowNetwork density, int rows)
        {
            var (d, masses) = (network.Shape.Dimensions, network.Shape.Masses);
            (X, Gradient) = (new Matrix(rows, d), new Matrix(rows, d));
            (Context, BaseContext) = (new Matrix(rows, masses), new Matrix(rows, 1));
            (States, BaseStates) = (network.NewStates(rows), density.NewStates(rows));
            (LogJacobian, BaseLogJacobian) = (new double[rows], new double[rows]);
            Training = new Pass { Context = Context, Training = true, KeepDerivatives = true };
            Evaluation = new Pass { Context = Context };
            Base = new Pass { Context = BaseContext, KeepDerivatives = true };
        }

        public Matrix X { get; }

        public Matrix Gradient { get; }

        public Matrix Context { get; }

        public Matrix BaseContext { get; }

        public FlowState[] States { get; }

        public FlowState[] BaseStates { get; }

        public double[] LogJacobian { get; }

        public double[] BaseLogJacobian { get; }

        public Pass Training { get; }

        public Pass Evaluation { get; }

        /// <summary>Through the base density: as it is, without gradients of its weights.</summary>
        public Pass Base { get; }
    }
}
