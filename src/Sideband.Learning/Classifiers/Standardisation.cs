namespace Sideband.Learning.Classifiers;

/// <summary>(x - mean)/sd of each feature, of the training rows.</summary>
internal sealed record Standardisation(double[] Mean, double[] Deviation)
{
    /// <summary>Null with a reason where a value is not finite; a feature without spread becomes 0.</summary>
    public static (Standardisation? Fitted, string? Failure) Fit(float[][] columns, ReadOnlySpan<int> rows) =>
        Fit(columns, [.. Enumerable.Range(0, columns.Length)], rows);

    /// <summary>The same of some of the features; a reason names them by their number among all.</summary>
    public static (Standardisation? Fitted, string? Failure) Fit(float[][] all, int[] features, ReadOnlySpan<int> rows)
    {
        float[][] columns = [.. features.Select(f => all[f])];
        var (mean, deviation) = (new double[columns.Length], new double[columns.Length]);
        for (var f = 0; f < columns.Length; f++)
        {
            var (sum, squares) = (0.0, 0.0);
            foreach (var row in rows)
            {
                sum += columns[f][row];
            }

            mean[f] = sum / rows.Length;
            foreach (var row in rows)
            {
                squares += (columns[f][row] - mean[f]) * (columns[f][row] - mean[f]);
            }

            if (!double.IsFinite(squares))
            {
                return (null, $"feature {features[f] + 1} holds a value that is not finite");
            }

            var spread = Math.Sqrt(squares / rows.Length);
            deviation[f] = spread > 0 ? spread : 1;
        }

        return (new Standardisation(mean, deviation), null);
    }

    public float Apply(int feature, float x) => (float)((x - Mean[feature]) / Deviation[feature]);
}
