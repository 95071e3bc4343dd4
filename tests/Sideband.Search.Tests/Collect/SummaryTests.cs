using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Search.Results;
using Sideband.Templates.Learned;

namespace Sideband.Search.Tests.Collect;

public class SummaryTests
{
    private static readonly EventTable Data = Toy.Background("data", 6000).Concat(Toy.Signal("signal", 200));

    [Fact]
    public void Histograms_of_passing_events_hold_the_counts_of_the_result()
    {
        var (result, summary) = Search(null);
        var points = result.Windows[1].WorkingPoints;
        var (feature, mass, all) = (Array(summary, "feature_x_passing"), Array(summary, "mass_passing"), Array(summary, "mass_all"));
        for (var e = 0; e < points.Count; e++)
        {
            Row(feature, e).Sum().ShouldBe(points[e].NObs.Mean!.Value, 1e-9);

            // The whole mass range holds more passing events than the signal region, and no more than there are.
            Row(mass, e).Sum().ShouldBeGreaterThan(points[e].NObs.Mean!.Value);
            Row(mass, e).Zip(all.Values).ShouldAllBe(pair => pair.First <= pair.Second);
        }

        // Passing template events are the template events above the thresholds, and unweighted they are their own squares.
        for (var e = 0; e < points.Count; e++)
        {
            var template = Row(Array(summary, "feature_x_template_passing"), e);
            template.Sum().ShouldBe(points[e].NTemplatePass.Mean!.Value, 1e-9);
            Row(Array(summary, "feature_x_template_passing_w2"), e).ShouldBe(template);
        }

        // A tighter cut has the higher threshold.
        Array(summary, "score_thresholds").Values.ShouldBe(Array(summary, "score_thresholds").Values.Order());
        Array(summary, "score_thresholds").Values.ShouldAllBe(score => score > 0 && score < 1);
        Array(summary, "score_template_w2").Values.ShouldBe(Array(summary, "score_template").Values);
        Array(summary, "feature_x_data").Values.Sum().ShouldBe(result.Windows[1].Events);
        Array(summary, "score_template").Values.Sum().ShouldBe(result.Windows[1].TemplateEvents, 1e-6);
    }

    [Fact]
    public void Roc_and_sic_come_from_labels_and_from_test_events()
    {
        var (result, summary) = Search(Toy.Background("test background", 6000).Concat(Toy.Signal("test signal", 1000)));
        var efficiencies = Array(summary, "roc_epsilon_b").Values;
        foreach (var sample in new[] { "data", "test" })
        {
            var signal = Array(summary, $"roc_{sample}_epsilon_s").Values;
            signal.ShouldBe(signal.Order());
            signal[^1].ShouldBe(1);
            var sic = Array(summary, $"sic_{sample}").Values;
            sic.Zip(signal.Zip(efficiencies))
                .ShouldAllBe(point => Math.Abs(point.First - (point.Second.First / Math.Sqrt(point.Second.Second))) < 1e-12);
        }

        // At 0.1 the curve of the test events is the test metric; the grid of the curve has that point to rounding.
        var metrics = result.TestMetrics!.Single(metrics => metrics.Number == 2).WorkingPoints[0];
        var nearest = efficiencies.Index().MinBy(entry => Math.Abs(entry.Item - metrics.EpsilonB)).Index;
        Array(summary, "roc_test_epsilon_s").Values[nearest].ShouldBe(metrics.EpsilonS!.Value, 1e-9);
    }

    [Fact]
    public void A_run_that_failed_does_not_dilute_the_mean_over_the_others()
    {
        var (result, summary) = OneWindow("0.1,0.02", new FailingDensities(failures: 1));
        var point = result.Windows[0].WorkingPoints[0];
        point.NObs.Runs.Count(run => run is null).ShouldBe(1);
        Row(Array(summary, "feature_x_passing"), 0).Sum().ShouldBe(point.NObs.Mean!.Value, 1e-9);
        Row(Array(summary, "mass_passing"), 0).Sum().ShouldBeGreaterThan(point.NObs.Mean!.Value);
        Array(summary, "score_data").Values.Sum().ShouldBe(result.Windows[0].Events, 1e-6);

        // The template that is shown is that of run 1, which has none.
        Array(summary, "feature_x_template").Values.ShouldAllBe(value => double.IsNaN(value));
        Array(summary, "feature_x_template_passing").Values.ShouldAllBe(value => double.IsNaN(value));
    }

    [Fact]
    public void What_no_run_has_is_not_zero()
    {
        var (_, failed) = OneWindow("0.1,0.02", new FailingDensities(failures: 2));
        foreach (var name in (string[])["mass_passing", "feature_x_passing", "score_data", "score_template", "score_thresholds"])
        {
            Array(failed, name).Values.ShouldAllBe(value => double.IsNaN(value), name);
        }

        // Of 6000 template events in a fold, 0.06 are expected above the second threshold.
        var (_, untested) = OneWindow("0.1,0.00001", new GaussianDensities());
        Row(Array(untested, "mass_passing"), 0).Sum().ShouldBeGreaterThan(0);
        Row(Array(untested, "mass_passing"), 1).ShouldAllBe(value => double.IsNaN(value));
        Row(Array(untested, "feature_x_template_passing"), 1).ShouldAllBe(value => double.IsNaN(value));
        Array(untested, "score_thresholds").Values[0].ShouldBeGreaterThan(0);
        Array(untested, "score_thresholds").Values[1].ShouldBe(double.NaN);
    }

    private static (ScanResult Result, WindowSummary Summary) OneWindow(string workingPoints, IDensityEngine densities)
    {
        var summaries = new List<WindowSummary>();
        var result = Toy.Run(
            Toy.Settings(
                ("method", "cathode"), ("systematics", "none"), ("runs", "2"), ("members", "1"), ("threads", "1"),
                ("windows", "4.5:5.5"), ("working_points", workingPoints)),
            Toy.Inputs(Data),
            summaries,
            densities);
        return (result, summaries[0]);
    }

    private static (ScanResult Result, WindowSummary Summary) Search(EventTable? test)
    {
        var summaries = new List<WindowSummary>();
        var result = Toy.Run(
            Toy.Settings(("systematics", "none"), ("runs", "2"), ("sideband_balance", "none")), Toy.Inputs(Data, test: test), summaries);
        return (result, summaries[1]);
    }

    private static SummaryArray Array(WindowSummary summary, string name) => summary.Arrays.Single(array => array.Name == name);

    private static double[] Row(SummaryArray array, int row) => [.. array.Values.Skip(row * array.Shape[1]).Take(array.Shape[1])];

    // The first trainings fail, the others do not.
    private sealed class FailingDensities(int failures) : IDensityEngine
    {
        private readonly GaussianDensities _densities = new();
        private int _trained;

        public string Name => "failing";

        public DensityFit Fit(
            DensityOptions options,
            float[][] features,
            ReadOnlySpan<double> mass,
            RandomStream stream,
            int threads,
            CancellationToken cancellation) => ++_trained <= failures
            ? new DensityFit(null, "diverged", [], [], [])
            : _densities.Fit(options, features, mass, stream, threads, cancellation);

        public IConditionalDensity Load(Stream stream) => _densities.Load(stream);
    }
}
