using Sideband.Learning.Boosting;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Boosting;

/// <summary>Small data sets: class 1 is shifted in the first feature and narrower in the second; further features are noise.</summary>
internal static class Samples
{
    public static (float[][] Columns, byte[] Labels) Make(int rows, int features, double missing = 0, ulong seed = 1)
    {
        var stream = RandomStream.For(seed, "test sample", $"{rows} x {features}");
        var columns = new float[features][];
        for (var f = 0; f < features; f++)
        {
            columns[f] = new float[rows];
        }

        var labels = new byte[rows];
        for (var i = 0; i < rows; i++)
        {
            labels[i] = (byte)stream.NextInt(2);
            for (var f = 0; f < features; f++)
            {
                var value = stream.NextGaussian();
                value = f == 0 ? value + (0.8 * labels[i]) : f == 1 ? value * (labels[i] == 1 ? 0.7 : 1) : value;
                columns[f][i] = stream.NextDouble() < missing ? float.NaN : (float)value;
            }
        }

        return (columns, labels);
    }

    /// <summary>Weights from 0.05 to 20, most of them small.</summary>
    public static double[] Weights(int rows)
    {
        var stream = RandomStream.For(1, "test weights");
        return [.. Enumerable.Range(0, rows).Select(_ => 1 / (0.05 + (19.95 * stream.NextDouble())))];
    }

    public static (int[] Training, int[] Validation) Halves(int rows)
    {
        var all = Enumerable.Range(0, rows).ToArray();
        return (all[..(rows / 2)], all[(rows / 2)..]);
    }

    public static TrainingResult Fit(float[][] columns, byte[] labels, BoostingOptions? options = null, double[]? weights = null)
    {
        var matrix = FeatureBinning.Fit(columns, 255).Transform(columns);
        var (training, validation) = Halves(labels.Length);
        return BoostedTrees.Fit(matrix, training, validation, labels, weights ?? [], options ?? new BoostingOptions());
    }

    public static double LogOdds(TrainingResult model, BinnedMatrix matrix, int row)
    {
        var sum = model.Baseline;
        foreach (var tree in model.Trees)
        {
            sum += tree.Leaves[tree.LeafOf(matrix, row)];
        }

        return sum;
    }
}
