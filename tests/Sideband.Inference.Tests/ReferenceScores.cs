namespace Sideband.Inference.Tests;

/// <summary>The scores of tests/Reference/inference/metrics.py and what numpy, scipy and scikit-learn make of them.</summary>
internal static class ReferenceScores
{
    private static readonly IReadOnlyList<double[]> Rows = Reference.Numbers("scores.csv");

    public static (float[] Scores, double[] Weights) Signal { get; } = OfLabel(1);

    public static (float[] Scores, double[] Weights) Background { get; } = OfLabel(0);

    public static IReadOnlyDictionary<string, double> Expected { get; } = Reference.Lines("tests/Reference/inference/metrics.csv").Skip(1)
        .Select(line => line.Split(','))
        .ToDictionary(cells => cells[0], cells => Reference.Parse(cells[1]));

    private static (float[] Scores, double[] Weights) OfLabel(int label)
    {
        var rows = Rows.Where(row => row[0] == label).ToArray();
        return ([.. rows.Select(row => (float)row[1])], [.. rows.Select(row => row[2])]);
    }
}
