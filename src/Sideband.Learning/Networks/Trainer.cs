using System.Globalization;
using Sideband.Learning.Boosting;
using Sideband.Numerics;

namespace Sideband.Learning.Networks;

/// <summary>
/// Trains a network: epochs of shuffled batches, each batch cut into a number of shards that depends on its size alone and whose
/// gradients are summed in their order, so that any number of threads gives the same bits.
/// </summary>
internal sealed unsafe class Trainer
{
    /// <summary>Below this a shard's products are too short for the kernels.</summary>
    private const int MinShardRows = 128;
    internal const int MaxShards = 8;
    private const int PlateauPatience = 10;
    private const double PlateauFactor = 0.3;

    private readonly ITrainable _model;
    private readonly TrainingSettings _settings;
    private readonly int[] _training;
    private readonly int[] _validation;
    private readonly int _batch;
    private readonly int _shards;
    private readonly AlignedArray<float>[] _gradients;
    private readonly LossSum[] _losses;
    private readonly Action<int> _stepShard;
    private readonly Action<int> _evaluateBlock;
    private int _batchStart;

    /// <param name="model">What is trained; its weights are drawn already.</param>
    /// <param name="settings">How.</param>
    /// <param name="training">Rows to train on, at least one; shuffled in place.</param>
    /// <param name="validation">Rows to measure the validation loss on, at least one.</param>
    public Trainer(ITrainable model, TrainingSettings settings, int[] training, int[] validation)
    {
        (_model, _settings, _training, _validation) = (model, settings, training, validation);
        _batch = Math.Min(settings.BatchSize, training.Length);
        _shards = model.MixesRows ? 1 : Math.Clamp(_batch / MinShardRows, 1, MaxShards);
        _gradients = [.. Enumerable.Range(0, _shards).Select(_ => new AlignedArray<float>(model.Parameters.Count))];
        foreach (var gradient in _gradients)
        {
            gradient.Span.Clear();
        }

        var shardRows = (_batch + _shards - 1) / _shards;
        model.Prepare(_shards, shardRows);
        _losses = new LossSum[_shards];
        _stepShard = shard =>
        {
            var (begin, end) = (ShardBegin(shard), ShardBegin(shard + 1));
            _losses[shard] = _model.Step(shard, _training.AsSpan(_batchStart + begin, end - begin), _batch, _gradients[shard].Pointer);
        };

        // Validation rows are cut into as many pieces, whatever the threads, each done in blocks that fit the buffers.
        _evaluateBlock = shard =>
        {
            var (begin, end) = ((int)((long)_validation.Length * shard / _shards), (int)((long)_validation.Length * (shard + 1) / _shards));
            var sum = default(LossSum);
            for (var row = begin; row < end; row += shardRows)
            {
                sum += _model.Evaluate(shard, _validation.AsSpan(row, Math.Min(shardRows, end - row)));
            }

            _losses[shard] = sum;
        };
    }

    /// <summary>Trains.</summary>
    /// <param name="stream">Shuffles.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public TrainingOutcome Run(RandomStream stream, int threads, CancellationToken cancellation)
    {
        using var team = new ShardTeam(Math.Min(threads, _shards));
        var optimiser = new Optimiser(_model.Parameters, _settings.WeightDecay, _settings.DecoupledWeightDecay, _settings.Optimiser);
        var stepsPerEpoch = _training.Length / _batch;
        var pool = new EpochPool(_model.Parameters, _settings.PooledEpochs);
        List<double> trainingLoss = [];
        List<double> validationLoss = [];
        var (plateauRate, sinceBest, sinceDrop, best) = (_settings.LearningRate, 0, 0, double.PositiveInfinity);
        _model.Refresh();
        for (var epoch = 0; epoch < _settings.Epochs; epoch++)
        {
            stream.Shuffle(_training.AsSpan());
            _model.BeginEpoch(team);
            var sum = default(LossSum);
            for (var step = 0; step < stepsPerEpoch; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                _batchStart = step * _batch;
                team.Run(_shards, _stepShard);
                sum += Total();
                if (!double.IsFinite(sum.Sum))
                {
                    return TrainingOutcome.Failed(Diverged("training", epoch, step, stepsPerEpoch));
                }

                var done = ((double)epoch * stepsPerEpoch) + step;
                var rate = _settings.Schedule == LearningRateSchedule.Cosine
                    ? _settings.LearningRate * HalfCosine(done / ((double)_settings.Epochs * stepsPerEpoch))
                    : plateauRate;
                optimiser.Step(_gradients, _shards, rate, _settings.GradientClip, team);
                _model.Refresh();
            }

            _model.EndEpoch(_training);
            team.Run(_shards, _evaluateBlock);
            var validation = Total().Mean;
            trainingLoss.Add(sum.Mean);
            validationLoss.Add(validation);
            if (!double.IsFinite(validation))
            {
                return TrainingOutcome.Failed(Diverged("validation", epoch, stepsPerEpoch - 1, stepsPerEpoch));
            }

            pool.Offer(epoch, _settings.KeepsLastEpoch ? -epoch : validation);
            (sinceBest, sinceDrop, best) = validation < best ? (0, 0, validation) : (sinceBest + 1, sinceDrop + 1, best);
            if (_settings.Schedule == LearningRateSchedule.Plateau && sinceDrop >= PlateauPatience)
            {
                (plateauRate, sinceDrop) = (plateauRate * PlateauFactor, 0);
            }

            if (_settings.Patience > 0 && sinceBest >= _settings.Patience)
            {
                break;
            }
        }

        return new TrainingOutcome(null, trainingLoss, validationLoss, pool.Epochs, pool.Snapshots);
    }

    private LossSum Total()
    {
        var sum = default(LossSum);
        for (var shard = 0; shard < _shards; shard++)
        {
            sum += _losses[shard];
        }

        return sum;
    }

    private int ShardBegin(int shard) => (int)((long)_batch * shard / _shards);

    private static string Diverged(string loss, int epoch, int step, int steps) => string.Create(
        CultureInfo.InvariantCulture, $"the {loss} loss is not finite in epoch {epoch + 1}, step {step + 1} of {steps}");

    /// <summary>(1 + cos(pi x))/2 = 1 - sin^2(pi x/2) for x in [0, 1], by the sine's Taylor polynomial: the same bits everywhere.</summary>
    private static double HalfCosine(double x)
    {
        var (sine, _) = Trigonometry.SinCos(Math.PI / 2 * x);
        return 1 - (sine * sine);
    }
}
