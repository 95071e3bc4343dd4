using Sideband.Inference;
using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;
using Sideband.Numerics;
using Sideband.Search.Collect;
using Sideband.Search.Results;

namespace Sideband.Search.Compare;

/// <summary>How far methods agree on which events are most like signal.</summary>
internal static class ScoreComparison
{
    private const int FewestEvents = 3;
    private const int FewestTop = 25;
    private const int Fractions = 31;
    private const double LogThousand = 6.907755278982137;

    /// <summary>p from 1/1000 to 1, evenly in the logarithm.</summary>
    private static readonly double[] Grid =
    [
        .. Enumerable.Range(0, Fractions).Select(i => PortableMath.Exp(-LogThousand * (Fractions - 1 - i) / (Fractions - 1))),
    ];

    /// <summary>Of each class and every two methods, and of the trainings of one.</summary>
    public static IReadOnlyList<ScoreCorrelationResult> Correlations(IReadOnlyList<MethodScores> methods, EventClasses events)
    {
        var found = new List<ScoreCorrelationResult>();
        foreach (var (name, rows) in events.Classes.Where(entry => entry.Rows.Length >= FewestEvents))
        {
            for (var i = 0; i < methods.Count; i++)
            {
                for (var j = i; j < methods.Count; j++)
                {
                    var (first, second) = (methods[i], methods[j]);
                    Measured[] ofTrainings = [.. Pairs(first, second).Select(pair => Of(pair.First, pair.Second, rows))];
                    var trainings = RunStatistics.Of(ofTrainings);
                    var means = i == j
                        ? Measured.Undefined("of one method there is one mean")
                        : ScoreCorrelation.Of(Chosen(first.Mean, rows), Chosen(second.Mean, rows));
                    if (i != j || ofTrainings.Length > 0)
                    {
                        found.Add(new ScoreCorrelationResult(
                            first.Method, second.Method, name, means.Value, WorkingPointResults.Values(trainings), means.Reason)
                        {
                            OfOneGenerator = i == j ? OfOneGenerator(first, rows) : null,
                            OfGenerators = i == j ? OfGenerators(first, rows) : null,
                        });
                    }
                }
            }
        }

        return found;
    }

    // Every two classifiers with one template and the same folds.
    private static RunValues OfOneGenerator(MethodScores method, int[] rows) => Over(
        method.OfGenerators.SelectMany(one => Pairs(one, one).Select(pair => Of(pair.First, pair.Second, rows))),
        "no two trainings have one generator; --classifier-seed makes some");

    // Every two generators, each by the mean over its classifiers.
    private static RunValues OfGenerators(MethodScores method, int[] rows) => Over(
        method.OfGenerators.SelectMany((one, k) => method.OfGenerators.Skip(k + 1).Select(
            other => ScoreCorrelation.Of(Chosen(one.Mean, rows), Chosen(other.Mean, rows)))),
        "all trainings have one generator; --runs and --seed make others");

    private static RunValues Over(IEnumerable<Measured> pairs, string otherwise) =>
        pairs.ToArray() is { Length: > 0 } values
            ? WorkingPointResults.Values(RunStatistics.Of(values))
            : new RunValues(null, null, [], otherwise);

    /// <summary>Of each class, every two methods and all, at each fraction that at least 25 events are the top of.</summary>
    public static IReadOnlyList<OverlapResult> Overlaps(IReadOnlyList<MethodScores> methods, EventClasses events)
    {
        var found = new List<OverlapResult>();
        foreach (var (name, rows) in events.Classes)
        {
            double[] fractions = [.. Grid.Where(fraction => fraction * rows.Length >= FewestTop)];
            var repetitions = methods.Min(method => method.Trainings.Count);
            var sets = Sets(methods.Count).ToArray();
            var excess = sets.Select(_ => fractions.Select(_ => new List<Measured>()).ToArray()).ToArray();
            for (var training = 0; training < repetitions && fractions.Length > 0 && methods.Count > 1; training++)
            {
                var number = training;
                var reason = methods.Select(method => method.Trainings[number].Failure).FirstOrDefault(failure => failure is not null);
                TopOverlap[] tops = reason is null
                    ? [.. methods.Select(method => new TopOverlap(Chosen(method.Trainings[number].Scores, rows)))]
                    : [];
                foreach (var (p, fraction) in fractions.Index())
                {
                    double[][] members = [.. tops.Select(top => top.Members(fraction))];
                    foreach (var (s, set) in sets.Index())
                    {
                        excess[s][p].Add(reason is null
                            ? Measured.Of(
                                TopOverlap.Common([.. set.Select(m => members[m])], fraction) - TopOverlap.Chance(set.Length, fraction))
                            : Measured.Undefined(reason));
                    }
                }
            }

            foreach (var (s, set) in sets.Index())
            {
                found.AddRange(fractions.Select((fraction, p) => new OverlapResult(
                    [.. set.Select(m => methods[m].Method)],
                    name,
                    fraction,
                    TopOverlap.Chance(set.Length, fraction),
                    Band(excess[s][p]))));
            }
        }

        return found;
    }

    /// <summary>
    /// The events of a class, of many some at random, with the log-odds of every two methods' mean scores, less their mean and in units of
    /// their standard deviation over the class: how far scores reach differs by method, and says nothing of their order.
    /// </summary>
    /// <param name="most">Events of each class.</param>
    /// <param name="stream">Chooses them.</param>
    public static IReadOnlyList<ScatterPoint> Scatter(
        IReadOnlyList<MethodScores> methods, EventClasses events, int most, Func<string, RandomStream> stream)
    {
        var points = new List<ScatterPoint>();
        foreach (var (name, rows) in events.Classes)
        {
            double[][] standard = [.. methods.Select(method => Standardised(Chosen(method.Mean, rows)))];
            int[] shown = rows.Length <= most
                ? [.. Enumerable.Range(0, rows.Length)]
                : SampledEvents.Rows(rows.Length, most, stream(name));
            foreach (var set in Sets(methods.Count).Where(set => set.Length == 2))
            {
                var (x, y) = (standard[set[0]], standard[set[1]]);
                points.AddRange(shown.Where(i => double.IsFinite(x[i]) && double.IsFinite(y[i])).Select(
                    i => new ScatterPoint(name, methods[set[0]].Method, methods[set[1]].Method, x[i], y[i])));
            }
        }

        return points;
    }

    // (ln(s/(1 - s)) - mean)/standard deviation; NaN for events without a score, and for all where they do not vary.
    private static double[] Standardised(float[] scores)
    {
        double[] logOdds = [.. scores.Where(score => !float.IsNaN(score)).Select(ScoreCorrelation.LogOdds)];
        var statistics = RunStatistics.Of([.. logOdds.Select(Measured.Of)]);
        var (mean, deviation) = (statistics.Mean.Value ?? double.NaN, statistics.StandardDeviation.Value ?? 0);
        return Array.ConvertAll(
            scores, score => float.IsNaN(score) || deviation == 0 ? double.NaN : (ScoreCorrelation.LogOdds(score) - mean) / deviation);
    }

    // Every two, and all where these are more.
    private static IEnumerable<int[]> Sets(int methods)
    {
        for (var i = 0; i < methods; i++)
        {
            for (var j = i + 1; j < methods; j++)
            {
                yield return [i, j];
            }
        }

        if (methods > 2)
        {
            yield return [.. Enumerable.Range(0, methods)];
        }
    }

    private static IEnumerable<(TrainingScores First, TrainingScores Second)> Pairs(MethodScores first, MethodScores second) =>
        ReferenceEquals(first, second)
            ? first.Trainings.SelectMany((one, k) => first.Trainings.Skip(k + 1).Select(other => (one, other)))
            : first.Trainings.Zip(second.Trainings);

    private static Measured Of(TrainingScores first, TrainingScores second, int[] rows) =>
        (first.Failure ?? second.Failure) is { } reason
            ? Measured.Undefined(reason)
            : ScoreCorrelation.Of(Chosen(first.Scores, rows), Chosen(second.Scores, rows));

    private static float[] Chosen(float[] scores, int[] rows) => Array.ConvertAll(rows, row => scores[row]);

    private static BandResult Band(List<Measured> values)
    {
        if (values.Count == 0)
        {
            return new BandResult(null, null, null, "fewer than two methods");
        }

        var band = PercentileBand.Of([.. values.Select(value => (IReadOnlyList<Measured>)[value])])[0];
        return new BandResult(
            band.Low.Value, band.Median.Value, band.High.Value, band.Median.IsDefined ? null : values[0].Reason);
    }
}
