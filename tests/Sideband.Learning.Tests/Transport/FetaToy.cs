using Sideband.Learning.Boosting;
using Sideband.Learning.Transport;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Transport;

/// <summary>
/// The toy of arXiv:2212.11285, section III: m uniform in (0, 1), x triangular on (0, 1) with its mode at 0.4995 m for the reference, at
/// 0.4995 m + 0.5005 and shifted by 0.5 for the target; signal region (0.34, 0.66).
/// </summary>
internal static class FetaToy
{
    public const double Low = 0.34;
    public const double High = 0.66;

    public static TransportSample Reference(int events, string name) => Draw(events, name, m => 0.4995 * m, 0);

    public static TransportSample Target(int events, string name) => Draw(events, name, m => (0.4995 * m) + 0.5005, 0.5);

    /// <summary>The events inside or outside of the signal region.</summary>
    public static TransportSample Part(TransportSample sample, bool inside)
    {
        int[] rows = [.. Enumerable.Range(0, sample.Mass.Length).Where(i => sample.Mass[i] is >= Low and < High == inside)];
        return new TransportSample(
            [.. sample.Features.Select(column => Array.ConvertAll(rows, row => column[row]))],
            Array.ConvertAll(rows, row => sample.Mass[row]));
    }

    /// <summary>Area under the ROC curve of trees that see x and m, trained on one half of the events and tested on the other.</summary>
    public static double Auc(float[] first, double[] firstMass, float[] second, double[] secondMass)
    {
        float[][] columns = [[.. first, .. second], [.. firstMass.Concat(secondMass).Select(m => (float)m)]];
        var labels = new byte[columns[0].Length];
        labels.AsSpan(0, first.Length).Fill(1);
        int[] training = [.. Enumerable.Range(0, labels.Length).Where(row => row % 2 == 0)];
        var ensemble = EnsembleTrainer.Fit(
            SortedColumns.Of(columns), training, labels, [], 5, new BoostingOptions(),
            member => RandomStream.For(1, $"auc {member}"), 1, CancellationToken.None);
        int[] test = [.. Enumerable.Range(0, labels.Length).Where(row => row % 2 == 1)];
        var scores = new float[test.Length];
        ensemble.Score(columns, test, scores);

        // Mean rank of the first sample's scores, ties one half.
        var order = Enumerable.Range(0, test.Length).OrderBy(i => scores[i]).ToArray();
        var (sum, ones) = (0.0, 0);
        for (var begin = 0; begin < order.Length;)
        {
            var end = begin;
            while (end < order.Length && scores[order[end]] == scores[order[begin]])
            {
                end++;
            }

            var positive = order[begin..end].Count(i => labels[test[i]] == 1);
            (sum, ones, begin) = (sum + (positive * 0.5 * (begin + end)), ones + positive, end);
        }

        return ((sum / ones) - (0.5 * ones)) / (order.Length - ones);
    }

    private static TransportSample Draw(int events, string name, Func<double, double> mode, double shift)
    {
        var stream = RandomStream.For(7, name);
        var (x, mass) = (new float[events], new double[events]);
        for (var i = 0; i < events; i++)
        {
            mass[i] = stream.NextDouble();
            var (c, u) = (mode(mass[i]), stream.NextDouble());
            x[i] = (float)(shift + (u < c ? Math.Sqrt(u * c) : 1 - Math.Sqrt((1 - u) * (1 - c))));
        }

        return new TransportSample([x], mass);
    }
}
