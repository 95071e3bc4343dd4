using Sideband.Numerics;

namespace Sideband.Inference.Tests.Calibration;

/// <summary>
/// Signal-free experiments of 25 bins whose contents are known exactly: the bin with the largest observed/expected among the training
/// events is the "classifier", and the test events in it are counted (two normal features on [-2, 2], 5 x 5 bins, 25,000 events, 5 folds).
/// </summary>
internal sealed class BinnedToy
{
    public const int Bins = 25, Folds = 5;

    private const double Events = 25000;

    private readonly double[] _content = new double[Bins];
    private readonly PoissonTable[] _fold;
    private readonly PoissonTable[] _whole;

    public BinnedToy()
    {
        double Edge(int i) => -2 + (0.8 * i);
        double Slice(int i) => NormalDistribution.UpperTail(Edge(i)) - NormalDistribution.UpperTail(Edge(i + 1));
        for (var bin = 0; bin < Bins; bin++)
        {
            _content[bin] = Events * Slice(bin / 5) * Slice(bin % 5);
        }

        _fold = [.. _content.Select(mean => new PoissonTable(mean / Folds))];
        _whole = [.. _content.Select(mean => new PoissonTable(mean))];
    }

    /// <summary>Summed counts and expectations of the five folds, each in the bin that the other four like most; then of an independent sample in the bin that all five like most.</summary>
    public (int Observed, double Expected, int Independent, double IndependentExpected) Experiment(RandomStream stream)
    {
        var counts = new int[Folds, Bins];
        var sums = new int[Bins];
        for (var fold = 0; fold < Folds; fold++)
        {
            for (var bin = 0; bin < Bins; bin++)
            {
                counts[fold, bin] = _fold[bin].Draw(stream);
                sums[bin] += counts[fold, bin];
            }
        }

        var (observed, expected) = (0, 0.0);
        for (var fold = 0; fold < Folds; fold++)
        {
            var best = Best(bin => sums[bin] - counts[fold, bin]);
            observed += counts[fold, best];
            expected += _content[best] / Folds;
        }

        var all = Best(bin => sums[bin]);
        return (observed, expected, _whole[all].Draw(stream), _content[all]);
    }

    private int Best(Func<int, int> training)
    {
        var best = 0;
        for (var bin = 1; bin < Bins; bin++)
        {
            best = training(bin) * _content[best] > training(best) * _content[bin] ? bin : best;
        }

        return best;
    }
}
