namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>
/// Finds the values of a feature that many events share: counts, zeros of absent objects, rounded numbers, flags, sentinels, values that
/// were cut off at a limit. A density has no finite value there.
/// </summary>
internal static class RepeatedValues
{
    /// <summary>
    /// A value that this fraction of the events shares is repeated. The trees' 255 bins cannot tell finer steps, and masses of jets that
    /// are
    /// rounded to 14 bits share a value in 0.005 % of the events.
    /// </summary>
    private const double LeastFraction = 5e-4;

    private const int LeastEvents = 10;

    /// <summary>A feature of so few different values, whose rare ones repeat, too, has repeated values only.</summary>
    private const int MostValues = 4096;

    /// <summary>Mean number of events of a rare value that repeats.</summary>
    private const double RareEvents = 2;

    /// <summary>Values at an end that this part of the others' range separates from them are sentinels if two events have each.</summary>
    private const double SentinelGap = 0.5;

    private const int MostSentinels = 8;

    /// <summary>Distance from the nearest point of a grid, in steps, that single precision makes.</summary>
    private const double GridTolerance = 0.02;

    /// <summary>The repeated values, rising.</summary>
    /// <param name="sorted">The feature of all events, rising, finite; at least one.</param>
    public static float[] Of(ReadOnlySpan<float> sorted)
    {
        var runs = Runs(sorted);
        var least = Math.Max(LeastEvents, LeastFraction * sorted.Length);
        bool[] repeated = [.. runs.Select(run => run.Events >= least)];
        MarkSentinels(runs, repeated);
        var (rareValues, rareEvents) = (0, 0);
        for (var k = 0; k < runs.Count; k++)
        {
            (rareValues, rareEvents) = repeated[k] ? (rareValues, rareEvents) : (rareValues + 1, rareEvents + runs[k].Events);
        }

        var onlyRepeated = rareValues < runs.Count
            && runs.Count <= MostValues
            && (rareEvents >= RareEvents * rareValues || AreGrid(runs, repeated));
        return [.. runs.Where((_, k) => onlyRepeated || repeated[k]).Select(run => run.Value)];
    }

    private static List<(float Value, int Events)> Runs(ReadOnlySpan<float> sorted)
    {
        List<(float Value, int Events)> runs = [];
        for (var begin = 0; begin < sorted.Length;)
        {
            var end = begin + 1;
            while (end < sorted.Length && sorted[end] == sorted[begin])
            {
                end++;
            }

            // The sum makes 0 of -0.
            runs.Add((sorted[begin] + 0f, end - begin));
            begin = end;
        }

        return runs;
    }

    /// <summary>Whether all values are whole steps apart, a step being the least distance of repeated ones.</summary>
    private static bool AreGrid(List<(float Value, int Events)> runs, bool[] repeated)
    {
        double[] values = [.. runs.Where((_, k) => repeated[k]).Select(run => (double)run.Value)];
        if (values.Length < 3)
        {
            return false;
        }

        var range = values[^1] - values[0];
        var step = range / Math.Round(range / values.Zip(values.Skip(1), (low, high) => high - low).Min());
        return runs.TrueForAll(
            run => Math.Abs(((run.Value - values[0]) / step) - Math.Round((run.Value - values[0]) / step)) < GridTolerance);
    }

    private static void MarkSentinels(List<(float Value, int Events)> runs, bool[] repeated)
    {
        (float Value, int Events)[] rest = [.. runs];
        for (var quiet = 0; quiet < 2;)
        {
            // From each end in turn, until nothing lies apart at either.
            var sentinels = Sentinels(rest);
            quiet = sentinels == 0 ? quiet + 1 : 0;
            rest = rest[sentinels..];
            Array.Reverse(rest);
        }

        var (low, high) = (Math.Min(rest[0].Value, rest[^1].Value), Math.Max(rest[0].Value, rest[^1].Value));
        for (var k = 0; k < runs.Count; k++)
        {
            repeated[k] |= runs[k].Value < low || runs[k].Value > high;
        }
    }

    /// <summary>How many values at the beginning lie apart from those behind.</summary>
    private static int Sentinels((float Value, int Events)[] runs)
    {
        var sentinels = 0;
        for (var k = 0; k < Math.Min(MostSentinels, runs.Length - 2) && runs[k].Events >= 2; k++)
        {
            var gap = Math.Abs((double)runs[k + 1].Value - runs[k].Value);
            sentinels = gap > SentinelGap * Math.Abs((double)runs[^1].Value - runs[k + 1].Value) ? k + 1 : sentinels;
        }

        return sentinels;
    }
}
