using Sideband.Inference;
using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;
using Sideband.Numerics;
using Sideband.Search.Collect;
using Sideband.Search.Results;

namespace Sideband.Search.Compare;

/// <summary>How well each method's classifiers find the labelled signal, over its trainings.</summary>
internal sealed class SignalComparison
{
    /// <summary>Cuts that fewer background, or template, events pass are not looked at.</summary>
    public const int FewestPassing = 25;

    private const double AtThousand = 1e-3;
    private const int Points = 101;
    private const double LogHundredThousand = 11.512925464970229;

    private static readonly double[] SignalEfficiencies = [.. Enumerable.Range(1, Points - 1).Select(i => i / (double)(Points - 1))];
    private static readonly double[] BackgroundEfficiencies =
    [
        .. Enumerable.Range(0, Points).Select(i => PortableMath.Exp(-LogHundredThousand * i / (Points - 1))),
    ];

    private readonly IReadOnlyList<(MethodScores Method, (RocCurve? Curve, string? Reason)[] Curves)> _methods;
    private readonly double _background;

    /// <param name="methods">Scores of the compared events.</param>
    /// <param name="events">Their classes.</param>
    /// <param name="background">B: background events of the data in the window, for sigma_min.</param>
    public SignalComparison(IReadOnlyList<MethodScores> methods, EventClasses events, double background)
    {
        _methods = [.. methods.Select(method => (method, method.Trainings.Select(training => CurveOf(training, events)).ToArray()))];
        _background = background;
    }

    /// <summary>One entry a method.</summary>
    public IReadOnlyList<MethodPerformanceResult> Performance()
    {
        RunStatistics[] smallest = [.. _methods.Select(method => Over(
            method.Curves, curve => SmallestSignal.Of(curve, _background, FewestPassing)))];
        var best = smallest.Select(values => values.Mean.Value).OfType<double>().DefaultIfEmpty(double.NaN).Min();
        return [.. _methods.Select((method, m) => Of(method.Method, method.Curves, smallest[m], best))];
    }

    /// <summary>SIC at each eps_S and at each rejection: median and central 68 % of the trainings, where it is defined.</summary>
    public IReadOnlyList<SicCurve> Curves() =>
    [
        .. _methods.SelectMany(method => (SicCurve[])
        [
            Curve(method.Method.Method, SicCurve.AgainstSignal, SignalEfficiencies, method.Curves,
                (curve, efficiency) => curve.SicAtSignal(efficiency, FewestPassing), x => x),
            Curve(method.Method.Method, SicCurve.AgainstRejection, BackgroundEfficiencies, method.Curves,
                (curve, efficiency) => curve.SicAt(efficiency, FewestPassing), x => 1 / x),
        ]).Where(curve => curve.Points.Count > 0),
    ];

    private static MethodPerformanceResult Of(
        MethodScores method, (RocCurve? Curve, string? Reason)[] curves, RunStatistics smallest, double best)
    {
        static Measured Maximum(RocCurve curve, Func<SicPoint, double> value) => curve.MaximumSic(FewestPassing) is { } point
            ? Measured.Of(value(point))
            : Measured.Undefined($"nowhere do at least {FewestPassing} background events pass");

        (Measured Value, Measured Efficiency)[] argos = [.. method.Trainings.Select(ArgosSearch.Of)];
        return new MethodPerformanceResult
        {
            Method = method.Method,
            Auc = WorkingPointResults.Values(Over(curves, curve => Measured.Of(curve.Auc))),
            MaximumSic = WorkingPointResults.Values(Over(curves, curve => Maximum(curve, point => point.Sic))),
            MaximumSicRejection = WorkingPointResults.Values(
                Over(curves, curve => Maximum(curve, point => 1 / point.BackgroundEfficiency))),
            SicAtThousand = WorkingPointResults.Values(Over(curves, curve => curve.SicAt(AtThousand, FewestPassing))),
            SigmaMin = WorkingPointResults.Values(smallest),
            Regret = smallest.Mean.Value / best,
            Argos = WorkingPointResults.Values(RunStatistics.Of([.. argos.Select(found => found.Value)])),
            ArgosEfficiency = WorkingPointResults.Values(RunStatistics.Of([.. argos.Select(found => found.Efficiency)])),
        };
    }

    private static RunStatistics Over((RocCurve? Curve, string? Reason)[] curves, Func<RocCurve, Measured> value) => RunStatistics.Of(
        [.. curves.Select(entry => entry.Curve is { } curve ? value(curve) : Measured.Undefined(entry.Reason!))]);

    private static SicCurve Curve(
        string method,
        string against,
        double[] grid,
        (RocCurve? Curve, string? Reason)[] curves,
        Func<RocCurve, double, Measured> value,
        Func<double, double> place)
    {
        Measured[][] all = [.. curves.Select(entry => entry.Curve).OfType<RocCurve>()
            .Select(curve => Array.ConvertAll(grid, efficiency => value(curve, efficiency)))];
        var bands = all.Length == 0 ? [] : PercentileBand.Of(all);
        return new SicCurve(method, against,
        [
            .. bands.Select((band, i) => (Band: band, X: place(grid[i]))).Where(point => point.Band.Median.IsDefined)
                .Select(point => new BandPoint(
                    point.X, point.Band.Low.Value!.Value, point.Band.Median.Value!.Value, point.Band.High.Value!.Value)),
        ]);
    }

    private static (RocCurve? Curve, string? Reason) CurveOf(TrainingScores training, EventClasses events)
    {
        var reason = training.Failure
            ?? (events.Result.Background is null ? "labels are not known" : events.HasBoth ? null : "events of one class only");
        ScoreDistribution Of(string name) => new(
            Array.ConvertAll(events.Rows(name), row => float.IsNaN(training.Scores[row]) ? 0 : training.Scores[row]));

        return reason is null ? (RocCurve.Of(Of(EventClasses.Signal), Of(EventClasses.Background)), null) : (null, reason);
    }
}
