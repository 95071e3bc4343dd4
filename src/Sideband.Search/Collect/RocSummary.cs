using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;
using Sideband.Numerics;
using Sideband.Search.Results;

namespace Sideband.Search.Collect;

/// <summary>ROC and SIC of one window as arrays: from the data's own labels, and from test events where there are any.</summary>
internal static class RocSummary
{
    private const int Points = 101;
    private const double LogTenThousand = 9.210340371976184;

    /// <summary>Background efficiencies of the curves: from 1e-4 to 1, evenly in the logarithm.</summary>
    private static readonly double[] Efficiencies =
    [
        .. Enumerable.Range(0, Points).Select(i => PortableMath.Exp(-LogTenThousand * (Points - 1 - i) / (Points - 1))),
    ];

    /// <param name="scores">The window; its data's labels give one curve a run, of which the mean is taken.</param>
    /// <param name="test">The curve of the test events, or null.</param>
    public static IEnumerable<SummaryArray> Of(WindowScores scores, RocCurve? test)
    {
        RocCurve[] data = scores.Data.HasLabels ? [.. scores.Runs.Select(OfRun).OfType<RocCurve>()] : [];
        if (data.Length == 0 && test is null)
        {
            yield break;
        }

        yield return SummaryArray.Vector("roc_epsilon_b", "background efficiencies of ROC and SIC", Efficiencies);
        var kinds = new[]
        {
            ("data", data, "the data's labels, mean over runs"),
            ("test", test is null ? [] : [test], "test events"),
        };
        foreach (var (name, curves, meaning) in kinds)
        {
            if (curves.Length > 0)
            {
                double[] signal = [.. Efficiencies.Select(epsilon => Mean(curves, epsilon))];
                yield return SummaryArray.Vector($"roc_{name}_epsilon_s", $"signal efficiency, from {meaning}", signal);
                yield return SummaryArray.Vector(
                    $"sic_{name}", $"eps_S / sqrt(eps_B), from {meaning}", [.. signal.Select((s, i) => s / Math.Sqrt(Efficiencies[i]))]);
            }
        }
    }

    /// <summary>The curve of one class's scores against the other's; null where a class is missing.</summary>
    /// <param name="scores">One an event.</param>
    /// <param name="labels">1 signal, 0 background.</param>
    public static RocCurve? Of(IReadOnlyList<float> scores, IReadOnlyList<byte> labels)
    {
        float[] Class(byte label) => [.. Enumerable.Range(0, scores.Count).Where(i => labels[i] == label).Select(i => scores[i])];

        var (signal, background) = (Class(1), Class(0));
        return signal.Length > 0 && background.Length > 0
            ? RocCurve.Of(new ScoreDistribution(signal), new ScoreDistribution(background))
            : null;
    }

    private static RocCurve? OfRun(RunScores run) =>
        run.HasEveryClassifier
            ? Of(
                [.. run.Folds.SelectMany(fold => fold.InRegion.Scores)],
                [.. run.Folds.SelectMany(fold => fold.InRegion.Indices).Select(index => run.Region.Labels[index])])
            : null;

    private static double Mean(RocCurve[] curves, double epsilon)
    {
        var sum = 0.0;
        foreach (var curve in curves)
        {
            sum += curve.SignalEfficiencyAt(epsilon);
        }

        return sum / curves.Length;
    }
}
