namespace Sideband.Inference.Metrics;

/// <summary>Median and central band of one point of several curves, for example of trainings.</summary>
/// <param name="Low">Lower edge.</param>
/// <param name="Median">Median.</param>
/// <param name="High">Upper edge.</param>
public readonly record struct PercentileBand(Measured Low, Measured Median, Measured High)
{
    /// <summary>Percentiles of the central band that holds 68 %, as one standard deviation of a normal does.</summary>
    public const double LowPercentile = 16, HighPercentile = 84;

    /// <summary>The band of the central 68 % at each point; values that are undefined are left out.</summary>
    /// <param name="curves">[curve][point], all of the same length.</param>
    public static IReadOnlyList<PercentileBand> Of(IReadOnlyList<IReadOnlyList<Measured>> curves)
    {
        if (curves.Count == 0 || curves.Any(curve => curve.Count != curves[0].Count))
        {
            throw new ArgumentException("Curves of one length are needed.", nameof(curves));
        }

        return
        [
            .. Enumerable.Range(0, curves[0].Count).Select(point => At([.. curves.Select(curve => curve[point].Value).OfType<double>()])),
        ];
    }

    /// <summary>Percentile with linear interpolation between ranks: position (n - 1) p / 100 (numpy's default).</summary>
    /// <param name="ascending">At least one value, sorted.</param>
    /// <param name="percent">In [0, 100].</param>
    public static double Percentile(ReadOnlySpan<double> ascending, double percent) =>
        AtRank(ascending, (ascending.Length - 1) * percent / 100);

    /// <summary>The value at a rank, linear between whole ones.</summary>
    /// <param name="ascending">At least one value, sorted.</param>
    /// <param name="position">From 0 to the number of values less one.</param>
    internal static double AtRank(ReadOnlySpan<double> ascending, double position)
    {
        var rank = (int)position;
        var next = Math.Min(rank + 1, ascending.Length - 1);
        return ascending[rank] + ((position - rank) * (ascending[next] - ascending[rank]));
    }

    private static PercentileBand At(double[] values)
    {
        if (values.Length == 0)
        {
            var none = Measured.Undefined("no curve has a value here");
            return new PercentileBand(none, none, none);
        }

        Array.Sort(values);
        return new PercentileBand(
            Measured.Of(Percentile(values, LowPercentile)),
            Measured.Of(Percentile(values, 50)),
            Measured.Of(Percentile(values, HighPercentile)));
    }
}
