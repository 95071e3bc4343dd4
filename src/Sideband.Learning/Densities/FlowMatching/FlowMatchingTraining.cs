using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>
/// The loss of conditional flow matching (arXiv:2210.02747 with the path of arXiv:2411.00085):
/// x_t = (1 - t) x0 + (sigma + (1 - sigma) t) x1, target u = (1 - sigma) x1 - x0,
/// loss = mean over events and features of (v(x_t, t, m) - u)^2. What x1 is, noise or another event, <see cref="IPathEnds"/> says.
/// </summary>
internal sealed unsafe class FlowMatchingTraining : ITrainable
{
    private readonly VelocityNetwork _network;
    private readonly IPathEnds _ends;
    private readonly RandomStream[] _shardStreams;
    private readonly float[] _validationTime;
    private readonly Action<int> _drawEnds;
    private Shard[] _shards = [];

    /// <param name="network">Its weights are drawn already.</param>
    /// <param name="ends">Both ends of the paths; those of validation rows are drawn already, and stay.</param>
    /// <param name="validation">The rows that are validated on.</param>
    /// <param name="shardStreams">Times of each shard.</param>
    /// <param name="validationStream">Times of the validation: the same in every epoch.</param>
    public FlowMatchingTraining(
        VelocityNetwork network, IPathEnds ends, ReadOnlySpan<int> validation, RandomStream[] shardStreams, RandomStream validationStream)
    {
        (_network, _ends, _shardStreams) = (network, ends, shardStreams);
        _drawEnds = ends.Draw;
        _validationTime = new float[ends.Count];
        foreach (var row in validation)
        {
            _validationTime[row] = (float)validationStream.NextDouble();
        }
    }

    public Parameters Parameters => _network.Parameters;

    public bool MixesRows => false;

    public void Prepare(int shards, int rows) => _shards = [.. Enumerable.Range(0, shards).Select(_ => new Shard(_network, rows))];

    public void Refresh() => _network.Layers.Refresh();

    public void BeginEpoch(ShardTeam team) => team.Run(_ends.Parts, _drawEnds);

    public LossSum Step(int shard, ReadOnlySpan<int> rows, int batchRows, float* gradient)
    {
        var s = _shards[shard];
        var stream = _shardStreams[shard];
        for (var i = 0; i < rows.Length; i++)
        {
            // Stratified times: one in each of as many equal intervals as there are rows, which lowers the gradient's noise.
            var u = (i + stream.NextDouble()) / rows.Length;
            SetRow(s, i, rows[i], (float)_ends.Time(u));
        }

        s.Training.Rows = rows.Length;
        s.Training.Gradient = gradient;
        _network.Layers.Forward(s.X, s.State, s.Training);
        var loss = LossAndGradient(s, rows.Length, 2f / ((float)batchRows * _network.Dimensions));
        _network.Layers.Backward(s.X, s.State, s.Target, null, add: false, s.Training);
        return loss;
    }

    public LossSum Evaluate(int shard, ReadOnlySpan<int> rows)
    {
        var s = _shards[shard];
        for (var i = 0; i < rows.Length; i++)
        {
            SetRow(s, i, rows[i], _validationTime[rows[i]]);
        }

        s.Evaluation.Rows = rows.Length;
        _network.Layers.Forward(s.X, s.State, s.Evaluation);
        return LossAndGradient(s, rows.Length, 0);
    }

    private void SetRow(Shard s, int i, int row, float t)
    {
        var (d, sigma) = (_network.Dimensions, _ends.Sigma);
        var x0 = _ends.Data.AsSpan(row * d, d);
        var x1 = _ends.Others.AsSpan(row * d, d);
        var x = s.X.Row(i);
        var target = s.Target.Row(i);
        for (var f = 0; f < x1.Length; f++)
        {
            x[f] = ((1 - t) * x0[f]) + ((sigma + ((1 - sigma) * t)) * x1[f]);
            target[f] = ((1 - sigma) * x1[f]) - x0[f];
        }

        var context = s.Context.RowSpan(i);
        _ends.Masses.AsSpan(row * _network.Masses, _network.Masses).CopyTo(context);
        _network.SetTime(context, t);
    }

    /// <summary>Turns the target into the gradient: scale (v - u).</summary>
    private static LossSum LossAndGradient(Shard s, int rows, float scale)
    {
        var d = s.Target.Columns;
        var sum = 0.0;
        for (var i = 0; i < rows; i++)
        {
            var v = s.State.Output.Row(i);
            var target = s.Target.Row(i);
            for (var f = 0; f < d; f++)
            {
                var difference = v[f] - target[f];
                sum += (double)difference * difference;
                target[f] = scale * difference;
            }
        }

        return new LossSum(sum / d, rows);
    }

    private sealed class Shard
    {
        public Shard(VelocityNetwork network, int rows)
        {
            X = new Matrix(rows, network.Dimensions);
            Target = new Matrix(rows, network.Dimensions);
            Context = network.NewContext(rows);
            State = network.Layers.NewState(rows);
            Training = new Pass { Context = Context, Training = true, KeepDerivatives = true };
            Evaluation = new Pass { Context = Context };
        }

        public Matrix X { get; }

        public Matrix Target { get; }

        public Matrix Context { get; }

        public LayerState State { get; }

        public Pass Training { get; }

        public Pass Evaluation { get; }
    }
}
