using Sideband.Events;
using Sideband.Search.Results;

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

    private static (ScanResult Result, WindowSummary Summary) Search(EventTable? test)
    {
        var summaries = new List<WindowSummary>();
        var result = Toy.Run(
            Toy.Settings(("systematics", "none"), ("runs", "2"), ("sideband_balance", "none")), Toy.Inputs(Data, test: test), summaries);
        return (result, summaries[1]);
    }

    private static SummaryArray Array(WindowSummary summary, string name) => summary.Arrays.Single(array => array.Name == name);

    private static double[] Row(SummaryArray array, int row) => [.. array.Values.Skip(row * array.Shape[1]).Take(array.Shape[1])];
}
