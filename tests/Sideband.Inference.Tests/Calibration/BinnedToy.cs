using Sideband.Inference.Calibration;
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
    private readonly PoissonTable[] _half;
    private readonly PoissonTable[] _template;

    /// <param name="signalBin">Bin that holds a bump.</param>
    /// <param name="signal">Its size in units of the square root of the bin's background; not in independent samples.</param>
    public BinnedToy(int signalBin = 0, double signal = 0)
    {
        double Edge(int i) => -2 + (0.8 * i);
        double Slice(int i) => NormalDistribution.UpperTail(Edge(i)) - NormalDistribution.UpperTail(Edge(i + 1));
        for (var bin = 0; bin < Bins; bin++)
        {
            _content[bin] = Events * Slice(bin / 5) * Slice(bin % 5);
        }

        PoissonTable[] Parts(double part) =>
            [.. _content.Select((mean, bin) => new PoissonTable(part * (mean + (bin == signalBin ? signal * Math.Sqrt(mean) : 0))))];

        (_fold, _half) = (Parts(1.0 / Folds), Parts(0.5));
        _whole = [.. _content.Select(mean => new PoissonTable(mean))];
        _template = [.. _content.Select(mean => new PoissonTable(0.5 * mean))];
    }

    /// <summary>Mean content of a bin without the bump.</summary>
    public double Content(int bin) => _content[bin];

    /// <summary>Both directions of a half-split of data and of a template as large: the bin with the largest ratio is looked at.</summary>
    public (HalfSplitCount First, HalfSplitCount Second) HalfSplit(RandomStream stream)
    {
        int[][] data = [Draw(_half, stream), Draw(_half, stream)];
        int[][] template = [Draw(_template, stream), Draw(_template, stream)];
        HalfSplitCount Count(int train, int test)
        {
            var bin = Best(i => data[train][i], i => template[train][i]);
            return HalfSplitCount.Of(data[test][bin], data[test].Sum(), template[test][bin], template[test].Sum(), tied: true);
        }

        return (Count(0, 1), Count(1, 0));
    }

    /// <summary>Likewise with a template so large that the background is known.</summary>
    public (HalfSplitCount First, HalfSplitCount Second) KnownHalfSplit(RandomStream stream)
    {
        int[][] data = [Draw(_half, stream), Draw(_half, stream)];
        HalfSplitCount Count(int train, int test)
        {
            var bin = Best(i => data[train][i], i => _content[i]);
            return new HalfSplitCount(data[test][bin], 0.5 * _content[bin], 1e5 * _content[bin], 1, 1, Tied: false, Approximate: true);
        }

        return (Count(0, 1), Count(1, 0));
    }

    /// <summary>
    /// Summed counts and expectations of the five folds, each in the bin that the other four like most; then of an independent sample
    /// in the bin that all five like most.
    /// </summary>
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
            var best = Best(bin => sums[bin] - counts[fold, bin], bin => _content[bin]);
            observed += counts[fold, best];
            expected += _content[best] / Folds;
        }

        var all = Best(bin => sums[bin], bin => _content[bin]);
        return (observed, expected, _whole[all].Draw(stream), _content[all]);
    }

    private static int[] Draw(PoissonTable[] tables, RandomStream stream) => [.. tables.Select(table => table.Draw(stream))];

    private static int Best(Func<int, double> data, Func<int, double> template)
    {
        var best = 0;
        for (var bin = 1; bin < Bins; bin++)
        {
            best = data(bin) * template(best) > data(best) * template(bin) ? bin : best;
        }

        return best;
    }
}
