using Sideband.Learning.Densities.Preprocessing;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Densities.Flows;

/// <summary>Loss of a flow: mean over events of -ln p = |z|^2/2 + d ln(2 pi)/2 - ln |dz/dx|.</summary>
internal sealed unsafe class FlowTraining(FlowNetwork network, StandardisedEvents events) : ITrainable
{
    /// <summary>Training events from which batch normalisation takes its statistics after an epoch: exact to half a percent.</summary>
    private const int StatisticsRows = 32_768;

    private Shard[] _shards = [];

    public Parameters Parameters => network.Parameters;

    public bool MixesRows => network.MixesRows;

    public void Prepare(int shards, int rows) => _shards = [.. Enumerable.Range(0, shards).Select(_ => new Shard(network, rows))];

    public void Refresh() => network.Refresh();

    public LossSum Step(int shard, ReadOnlySpan<int> rows, int batchRows, float* gradient)
    {
        var s = _shards[shard];
        s.Training.Gradient = gradient;
        var z = Forward(s, rows, s.Training);
        var loss = Loss(s, z, rows.Length);
        var scale = 1f / batchRows;
        StandardNormal.Gradient(z, rows.Length, scale, s.Gradient);
        network.Backward(s.X, s.States, s.Gradient, -scale, s.Training);
        return loss;
    }

    public LossSum Evaluate(int shard, ReadOnlySpan<int> rows)
    {
        var s = _shards[shard];
        return Loss(s, Forward(s, rows, s.Evaluation), rows.Length);
    }

    /// <summary>
    /// Statistics of batch normalisation, transform after transform, as if the events were one batch (CATHODE's code runs over the whole
    /// training set after each epoch).
    /// </summary>
    public void EndEpoch(ReadOnlySpan<int> trainingRows)
    {
        if (!network.MixesRows)
        {
            return;
        }

        var rows = trainingRows[..Math.Min(StatisticsRows, trainingRows.Length)];
        var d = events.Dimensions;
        var s = _shards[0];
        var values = new Matrix(rows.Length, d);
        for (var i = 0; i < rows.Length; i++)
        {
            events.Features.AsSpan(rows[i] * d, d).CopyTo(values.RowSpan(i));
        }

        Span<double> mean = stackalloc double[d];
        Span<double> variance = stackalloc double[d];
        for (var t = 0; t < network.Transforms.Count; t++)
        {
            var transform = network.Transforms[t];
            if (transform is FlowBatchNorm norm)
            {
                FlowBatchNorm.Moments(values, rows.Length, mean, variance);
                for (var f = 0; f < d; f++)
                {
                    norm.SetStatistics(f, mean[f], variance[f]);
                }
            }

            for (var begin = 0; begin < rows.Length; begin += s.X.Rows)
            {
                var count = Math.Min(s.X.Rows, rows.Length - begin);
                for (var i = 0; i < count; i++)
                {
                    values.RowSpan(begin + i).CopyTo(s.X.RowSpan(i));
                    s.Context.RowSpan(i)[0] = events.Mass[rows[begin + i]];
                }

                s.Evaluation.Rows = count;
                transform.Forward(s.X, s.States[t], s.LogJacobian, s.Evaluation);
                for (var i = 0; i < count; i++)
                {
                    s.States[t].Output.RowSpan(i).CopyTo(values.RowSpan(begin + i));
                }
            }
        }
    }

    private Matrix Forward(Shard s, ReadOnlySpan<int> rows, Pass pass)
    {
        var d = events.Dimensions;
        for (var i = 0; i < rows.Length; i++)
        {
            events.Features.AsSpan(rows[i] * d, d).CopyTo(s.X.RowSpan(i));
            s.Context.RowSpan(i)[0] = events.Mass[rows[i]];
        }

        pass.Rows = rows.Length;
        return network.Forward(s.X, s.States, s.LogJacobian, pass);
    }

    private static LossSum Loss(Shard s, Matrix z, int rows)
    {
        var sum = 0.0;
        for (var i = 0; i < rows; i++)
        {
            sum += StandardNormal.NegativeLogDensity(z.RowSpan(i)) - s.LogJacobian[i];
        }

        return new LossSum(sum, rows);
    }

    private sealed class Shard
    {
        public Shard(FlowNetwork network, int rows)
        {
            X = new Matrix(rows, network.Shape.Dimensions);
            Gradient = new Matrix(rows, network.Shape.Dimensions);
            Context = new Matrix(rows, 1);
            States = network.NewStates(rows);
            LogJacobian = new double[rows];
            Training = new Pass { Context = Context, Training = true, KeepDerivatives = true };
            Evaluation = new Pass { Context = Context };
        }

        public Matrix X { get; }

        public Matrix Gradient { get; }

        public Matrix Context { get; }

        public FlowState[] States { get; }

        public double[] LogJacobian { get; }

        public Pass Training { get; }

        public Pass Evaluation { get; }
    }
}
