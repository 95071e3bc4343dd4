using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Results;

namespace Sideband.Search.Tests;

/// <summary>The whole chain on samples whose answer is known.</summary>
public sealed class ClosureTests
{
    private const int Seeds = 8;

    [Fact]
    public void Two_samples_of_one_distribution_show_neither_a_shift_nor_an_excess()
    {
        var (shifts, significances) = (new List<double>(), new List<double>());
        for (var seed = 0; seed < Seeds; seed++)
        {
            var result = Toy.Run(
                Toy.Settings(("method", "ideal"), ("seed", $"{seed}")),
                Toy.Inputs(Toy.Background($"data {seed}", 8000), ideal: Toy.Background($"ideal {seed}", 8000)));
            result.SignificanceKind.ShouldBe("with_systematics");
            result.DeltaSysEstimate.ShouldBe("zero");
            shifts.Add(result.DeltaSys.Single(shift => shift is { Estimate: "labels", EpsilonB: 0.1 }).Mean!.Value);
            significances.AddRange(result.Windows.Select(window => window.WorkingPoints[0].Significance.Mean!.Value));
        }

        // Per seed three windows of about 200 observed and 200 template events at eps_B = 0.1: 6 % each; 4 standard errors of the mean.
        var error = Math.Sqrt((2.0 / 200) / (3 * Seeds));
        Math.Abs(shifts.Average()).ShouldBeLessThan(4 * error);

        // 24 windows that share no data; the width of S is near 1 (folds share events), 4 standard errors of the mean.
        Math.Abs(significances.Average()).ShouldBeLessThan(4 / Math.Sqrt(3 * Seeds));
        significances.ShouldAllBe(s => Math.Abs(s) < 4.5);
    }

    [Theory]
    [InlineData("none", true)]
    [InlineData("mass", false)]
    public void Balanced_sidebands_take_out_a_linear_dependence_on_the_mass(string balance, bool shifted)
    {
        // A falling spectrum: half of the events kept at 4, an eighth at 6. One feature follows the mass with correlation near 0.4.
        var flat = Toy.Background("falling", 200_000, slope: 0.4);
        var stream = RandomStream.For(3, "falling");
        var falling = flat.Select(
            [.. Enumerable.Range(0, flat.Count).Where(i => stream.NextDouble() < PortableMath.Exp(-1.4 * (flat.Mass[i] - 3)))]);
        var result = Toy.Run(Toy.Settings(("systematics", "labels"), ("members", "5"), ("sideband_balance", balance)), Toy.Inputs(falling));
        var delta = result.DeltaSys.Single(shift => shift is { Estimate: "labels", EpsilonB: 0.1 });

        // Three windows of about 1000 expected events each at eps_B = 0.1 count to 3 % each, 1.8 % together; sidebands of twice the mass
        // variance of the region leave a second-order shift of a few per cent. Unbalanced the shift is above 10 %.
        (delta.Mean > 0.08).ShouldBe(shifted, $"delta_sys {delta.Mean}");
    }

    [Fact]
    public void An_injected_signal_is_found_in_its_window()
    {
        var data = Toy.Background("data", 12_000).Concat(Toy.Signal("signal", 300));
        var result = Toy.Run(Toy.Settings(("systematics", "none"), ("members", "10")), Toy.Inputs(data));
        foreach (var (verdict, e) in result.Validation.Select((verdict, e) => (verdict, e)))
        {
            verdict.Verdict.ShouldBe("ok");
            verdict.LargestExcess.ShouldBe(2);

            // 300 signal events, most of them among the 10 % that pass, over an expectation of 300: far above 5 sigma.
            Significance(result, 2, e).ShouldBeGreaterThan(5);
            Math.Abs(Significance(result, 1, e)).ShouldBeLessThan(4);
            Math.Abs(Significance(result, 3, e)).ShouldBeLessThan(4);
        }

        result.SignificanceKind.ShouldBe("statistical_only");
        result.Trials.ShouldBe(6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whole_masses_and_counts_alone_show_no_lack_of_events_and_a_signal_is_found(int seed)
    {
        // Every event has dozens of equal ones. In folds that take all of them or none a count was 15 standard errors too low.
        var random = RandomStream.For((ulong)seed, "whole numbers");
        float Count(double chance, int most) => Enumerable.Range(0, most).Count(_ => random.NextDouble() < chance);
        EventTable Make(int events, Func<double> mass, double chance) => Checks.Tables.Of(
            [.. Enumerable.Range(0, events).Select(_ => Math.Floor(mass()))],
            [.. Enumerable.Range(0, events).Select(_ => Count(chance, 12))],
            [.. Enumerable.Range(0, events).Select(_ => Count(0.2, 4))]);

        var background = Make(60_000, () => 200 - (150 * Math.Log(1 - random.NextDouble())), 0.4);
        var settings = Toy.Settings(
            ("windows", "300:420:60:60"), ("sideband", "30"), ("systematics", "none"), ("working_points", "0.1,0.02"), ("members", "3"));
        var numbers = Toy.Run(settings, Toy.Inputs(background)).Windows.SelectMany(window => window.WorkingPoints).ToArray();
        numbers.ShouldAllBe(point => Math.Abs(point.Significance.Mean!.Value) < 4.5);

        var signal = Make(500, () => 335 + (50 * random.NextDouble()), 0.8);
        var found = Toy.Run(settings, Toy.Inputs(background.Concat(signal))).Windows[1].WorkingPoints;
        found[0].Significance.Mean!.Value.ShouldBeGreaterThan(5);
        found[1].Significance.Mean!.Value.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void A_biased_background_estimate_claims_no_excess()
    {
        // Features that go together in the data and not in the template: a common excess everywhere, which no check of the tables sees.
        var ideal = Toy.Background("template", 8000);
        var correlated = ToyEvents.Correlated("correlated", 8000, 0.8);
        var result = Toy.Run(
            Toy.Settings(("method", "ideal"), ("windows", "3.6:6.4:0.2:0.4"), ("members", "5")), Toy.Inputs(correlated, ideal: ideal));
        result.Validation[0].Verdict.ShouldBe("background_estimate_biased");
        result.Validation[0].LargestExcess.ShouldBeNull();
        result.Validation[0].Reason.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Labels_of_the_classes_beat_labels_of_the_regions()
    {
        var data = Toy.Background("data", 8000).Concat(Toy.Signal("signal", 60));
        var test = Toy.Background("test background", 8000).Concat(Toy.Signal("test signal", 1000));
        var cwola = Toy.Run(Toy.Settings(("systematics", "none"), ("members", "5")), Toy.Inputs(data, test: test));
        var supervised = Toy.Run(
            Toy.Settings(("method", "supervised"), ("members", "5"), ("windows", "4.5:5.5")),
            Toy.Inputs(data, signal: Toy.Signal("training signal", 1000), test: test));
        var (weak, strong) = (cwola.TestMetrics!.Single(metrics => metrics.Number == 2), supervised.TestMetrics![0]);
        (weak.Signal, strong.Signal).ShouldBe((1000, 1000));
        strong.Auc!.Value.ShouldBeGreaterThan(weak.Auc!.Value);
        strong.MaxSic!.Value.ShouldBeGreaterThan(weak.MaxSic!.Value);

        // x + y separates by 3 / sqrt(2 (1 + 0.25)): AUC = Phi(1.9) = 0.97 for the best linear cut, and no classifier falls far below it.
        strong.Auc!.Value.ShouldBeInRange(0.94, 1);
        weak.Auc!.Value.ShouldBeGreaterThan(0.5);
    }

    private static double Significance(ScanResult result, int window, int workingPoint) =>
        result.Windows.Single(found => found.Number == window).WorkingPoints[workingPoint].Significance.Mean!.Value;
}
