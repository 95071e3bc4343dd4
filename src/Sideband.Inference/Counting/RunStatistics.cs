namespace Sideband.Inference.Counting;

/// <summary>
/// A quantity over the independent runs of a window (arXiv:2411.00085 takes 10): mean and standard deviation over the runs
/// where it is defined.
/// </summary>
/// <param name="Mean">Mean over the defined runs; undefined, with the first run's reason, where there is none.</param>
/// <param name="StandardDeviation">With n - 1 in the denominator (ddof 1); undefined for fewer than two defined runs.</param>
/// <param name="Runs">Every run's value, in run order.</param>
public sealed record RunStatistics(Measured Mean, Measured StandardDeviation, IReadOnlyList<Measured> Runs)
{
    /// <summary>Runs without a value; they do not enter mean and standard deviation and must be shown.</summary>
    public int UndefinedRuns => Runs.Count(run => !run.IsDefined);

    public static RunStatistics Of(IReadOnlyList<Measured> runs)
    {
        var values = new List<double>();
        foreach (var run in runs)
        {
            if (run.Value is { } value)
            {
                values.Add(value);
            }
        }

        if (values.Count == 0)
        {
            var none = Measured.Undefined(runs.Count > 0 ? runs[0].Reason! : "no runs");
            return new RunStatistics(none, none, runs);
        }

        var mean = MeanOf(values);
        return new RunStatistics(
            Measured.Of(mean),
            values.Count > 1 ? Measured.Of(Math.Sqrt(VarianceOf(values, mean))) : Measured.Undefined("one run has no standard deviation"),
            runs);
    }

    private static double MeanOf(List<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Count;
    }

    /// <summary>Sum of squared deviations over n - 1; at least two values.</summary>
    private static double VarianceOf(List<double> values, double mean)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return sum / (values.Count - 1);
    }
}
