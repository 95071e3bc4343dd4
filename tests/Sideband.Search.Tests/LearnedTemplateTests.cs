using Sideband.Search.Engines;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Store;
using Sideband.Search.Units;
using Sideband.Templates;
using Sideband.Templates.Learned;

namespace Sideband.Search.Tests;

/// <summary>CATHODE, LaCATHODE and ANODE through the whole chain, with densities whose answer is known.</summary>
public sealed class LearnedTemplateTests
{
    private const int Seeds = 4;

    [Theory]
    [InlineData("cathode")]
    [InlineData("lacathode")]
    [InlineData("anode")]
    public void A_right_density_gives_neither_a_shift_nor_an_excess(string method)
    {
        // x follows the mass: the sidebands themselves would be a wrong template.
        var (shifts, significances) = (new List<double>(), new List<double>());
        for (var seed = 0; seed < Seeds; seed++)
        {
            var result = Toy.Run(
                Toy.Settings(("method", method), ("seed", $"{seed}"), ("systematics", "labels")),
                Toy.Inputs(Toy.Background($"{method} {seed}", 8000, slope: 1)),
                densities: new GaussianDensities());
            result.Failures.ShouldBeEmpty();
            var labels = result.DeltaSys.Single(shift => shift is { Estimate: "labels", EpsilonB: 0.1 });
            shifts.AddRange(labels.PerWindow.Select(window => window.Mean!.Value));
            result.Windows.ShouldAllBe(window => window.TemplateEvents == 4 * window.Events);
        }

        // Per window 200 observed and 800 template events at eps_B = 0.1: 8 % each; 4 standard errors of the mean of 12.
        Math.Abs(shifts.Average()).ShouldBeLessThan(4 * Math.Sqrt(((1.0 / 200) + (1.0 / 800)) / (3 * Seeds)));
    }

    [Fact]
    public void Cwola_on_such_events_is_shifted()
    {
        // A steeper toy with the strips as template: what CATHODE is for.
        var result = Toy.Run(Toy.Settings(("systematics", "labels")), Toy.Inputs(Toy.Background("cwola", 8000, slope: 3)));
        result.DeltaSys.First(shift => shift.Estimate == "labels").Mean!.Value.ShouldBeGreaterThan(0.3);
    }

    [Theory]
    [InlineData("cathode")]
    [InlineData("lacathode")]
    public void An_injected_signal_is_found_in_its_window(string method)
    {
        var data = Toy.Background("data", 12_000, slope: 1).Concat(Toy.Signal("signal", 150));
        var result = Toy.Run(
            Toy.Settings(("method", method), ("systematics", "none"), ("members", "10")),
            Toy.Inputs(data),
            densities: new GaussianDensities());

        // 150 signal events, most of them passing, over an expectation of 300. They spoil the straight lines of this density in the other
        // windows, whose sidebands they lie in, by up to some 2 sigma: the verdict on those windows is not looked at.
        result.Windows.MaxBy(window => window.WorkingPoints[0].Significance.Mean)!.Number.ShouldBe(2);
        result.Windows.Single(window => window.Number == 2).WorkingPoints[0].Significance.Mean!.Value.ShouldBeGreaterThan(5);
        result.Windows.Where(window => window.Number != 2)
            .ShouldAllBe(window => Math.Abs(window.WorkingPoints[0].Significance.Mean!.Value) < 4);
    }

    [Fact]
    public void The_sideband_estimate_sees_a_known_fault_of_the_template()
    {
        // Both widths learned as 0.93: the best score is the radius r of (x, y), of which the template has P(r > t) = exp(-t^2/(2 0.865))
        // and the data exp(-t^2/2) = eps_B^0.865. At eps_B = 0.1: delta_sys = 0.1^-0.135 - 1 = 0.36. So few events do not contradict it.
        var (sidebands, labels) = (new List<double>(), new List<double>());
        for (var seed = 0; seed < 2 * Seeds; seed++)
        {
            var result = Toy.Run(
                Toy.Settings(
                    ("method", "cathode"), ("systematics", "sideband"), ("members", "10"), ("working_points", "0.1"), ("seed", $"{seed}")),
                Toy.Inputs(Toy.Background($"narrow {seed}", 4000)),
                densities: new GaussianDensities(widthFactor: 0.93));
            result.DeltaSysEstimate.ShouldBe("sideband");
            result.Windows.ShouldAllBe(window => window.State == WindowState.Ok);
            double Mean(string estimate) => result.DeltaSys.Single(shift => shift.Estimate == estimate).Mean!.Value;
            sidebands.Add(Mean("sideband"));
            labels.Add(Mean("labels"));
        }

        // Trees with 700 events a class lose most of it; the counting error of the mean is sqrt((1/100 + 1/400)/24) = 0.023.
        sidebands.Average().ShouldBeInRange(0.03, 0.45);

        // Labels tell the same of the signal regions: one density, one fault.
        Math.Abs(labels.Average() - sidebands.Average()).ShouldBeLessThan(4 * Math.Sqrt(2) * 0.023);
    }

    [Theory]
    [InlineData("cathode")]
    [InlineData("lacathode")]
    [InlineData("anode")]
    public void A_template_that_its_sidebands_contradict_trains_no_fold_and_claims_nothing(string method)
    {
        // Both widths learned as 0.8: a classifier by the radius has AUC 1/(1 + 0.64) = 0.61, and delta_sys would be 1.29.
        var settings = Toy.Settings(("method", method), ("systematics", "none"), ("working_points", "0.1"));
        var inputs = Toy.Inputs(Toy.Background("narrow", 8000));
        var densities = new GaussianDensities(widthFactor: 0.8);
        var result = Toy.Run(settings, inputs, densities: densities);
        foreach (var window in result.Windows)
        {
            window.State.ShouldBe("template_fails");
            window.Reason.ShouldNotBeNull()
                .ShouldMatch(@"^run 1: a classifier tells its samples from the sidebands' data: AUC 0\.(59|60|61)");
            window.WorkingPoints[0].Significance.Mean.ShouldBeNull();
            window.WorkingPoints[0].NObs.Mean.ShouldBeNull();
            window.WorkingPoints[0].Reason.ShouldNotBeNull().ShouldContain("template_fails: ");
            result.Failures.Single(failure => failure.WorkUnit == $"experiment 0/data/window {window.Number}/run 1").Reason
                .ShouldStartWith("template_fails: ");
        }

        result.Validation[0].LargestExcess.ShouldBeNull();
        result.TemplateQuality.ShouldAllBe(quality => quality.Auc.Mean > 0.55);

        // The folds are there, untrained; the experiments of a calibration are judged likewise.
        using var folder = new TemporaryFolder();
        var plan = Planner.Make(settings, inputs, densities);
        var store = UnitStore.Open(folder.PathOf("store"));
        new LocalEngine(1).Run(plan, store, plan.Units, _ => { }, CancellationToken.None);
        plan.Units.Where(unit => unit.Stage is FoldStage).Select(unit => (FoldProduct)store.Read(unit))
            .ShouldAllBe(fold => fold.Scorer.Length == 0 && fold.BestIterations.Length == 0);
        var experiments = new ExperimentPlan(plan, [new Experiment(1, new DrawnRows(InputRole.Data, 3000, true))]);
        var units = experiments.Units(1, experiments.Count).ToArray();
        units.Where(unit => unit.Stage is CountStage).ShouldAllBe(unit => unit.Needs.Any(need => need.Stage is QualityStage));
    }

    [Fact]
    public void Monte_Carlo_whose_template_fails_gives_no_shift_and_says_so()
    {
        // AUC 1/(1 + 0.92^2) = 0.542: off by 15 errors of 22,500 events, by less than 4 of 1,500.
        var result = Toy.Run(
            Toy.Settings(("method", "cathode"), ("systematics", "mc"), ("sigma_sys", "0.1,0.1")),
            Toy.Inputs(Toy.Background("data", 2000), Toy.Background("mc", 30_000)),
            densities: new GaussianDensities(widthFactor: 0.92));
        result.Windows.ShouldAllBe(window => window.State == WindowState.Ok);
        result.DeltaSys.First(shift => shift.Estimate == "mc").PerWindow
            .ShouldAllBe(window => window.Mean == null && window.Reason!.Contains("template_fails"));
        result.Windows.ShouldAllBe(window => window.WorkingPoints[0].Significance.Mean == null);
        result.Failures.ShouldContain(failure => failure.WorkUnit == "experiment 0/mc/window 1/run 1");
    }

    [Fact]
    public void Monte_Carlo_and_sideband_add_in_quadrature()
    {
        var result = Toy.Run(
            Toy.Settings(("method", "cathode")),
            Toy.Inputs(Toy.Background("data", 8000), Toy.Background("mc", 8000)),
            densities: new GaussianDensities());
        result.DeltaSysEstimate.ShouldBe("mc+sideband");
        double Mean(string estimate) => result.DeltaSys.First(shift => shift.Estimate == estimate).Mean!.Value;
        Mean("mc+sideband").ShouldBe(Math.Sqrt((Mean("mc") * Mean("mc")) + (Mean("sideband") * Mean("sideband"))), 1e-15);
        var used = Mean("mc+sideband");
        result.Windows.ShouldAllBe(window => window.WorkingPoints[0].DeltaSys == used);
    }

    [Fact]
    public void The_quality_of_a_right_density_is_that_of_the_truth()
    {
        var summaries = new List<WindowSummary>();
        var result = Toy.Run(
            Toy.Settings(("method", "cathode"), ("systematics", "none")),
            Toy.Inputs(Toy.Background("data", 20_000, slope: 1)),
            summaries,
            new GaussianDensities());
        result.TemplateQuality.Select(quality => (quality.Sample, quality.Number)).ShouldBe([("data", 1), ("data", 2), ("data", 3)]);
        foreach (var quality in result.TemplateQuality)
        {
            // 15,000 against 15,000 events: the AUC's error is 0.005 for a half, a KS distance of 0.0226 has probability 0.001.
            quality.Auc.Mean!.Value.ShouldBe(0.5, 0.02);
            quality.KolmogorovSmirnov.Select(distance => distance.Feature).ShouldBe(["x", "y"]);
            quality.KolmogorovSmirnov.ShouldAllBe(distance => distance.Distance.Mean < 0.0226);

            // Two standard normals: mean ln p = -(1 + ln 2 pi) = -2.838, spread 1, 750 events held out: 4 standard errors.
            quality.LogLikelihood.Mean!.Value.ShouldBe(-2.838, 4 / Math.Sqrt(750));
            quality.PooledEpochs.ShouldHaveSingleItem().ShouldBe([1]);
        }

        summaries.ShouldAllBe(summary => summary.Arrays.Any(array => array.Name == "template_auc"));
        summaries.ShouldAllBe(summary => summary.Arrays.Any(array => array.Name == "density_training_loss"));
    }

    [Fact]
    public void A_failed_training_is_a_result_with_its_reason()
    {
        var result = Toy.Run(
            Toy.Settings(("method", "cathode"), ("systematics", "none")),
            Toy.Inputs(Toy.Background("data", 4000)),
            densities: new GaussianDensities(failure: "the loss is not finite"));
        result.Failures.ShouldContain(new FailureResult("experiment 0/data/window 1/run 1", "density: the loss is not finite"));
        result.Windows.ShouldAllBe(window => window.WorkingPoints[0].Significance.Mean == null);
        result.Windows.ShouldAllBe(window => window.WorkingPoints[0].Reason!.Contains("the loss is not finite"));
        result.TemplateQuality[0].Auc.Mean.ShouldBeNull();
        result.TemplateQuality[0].Auc.Reason.ShouldNotBeNull().ShouldContain("the loss is not finite");
    }

    [Theory]
    [InlineData("lacathode")]
    [InlineData("anode")]
    public void Events_that_the_density_does_not_know_are_counted_and_never_pass(string method)
    {
        var data = Toy.Background("data", 8000);
        var result = Toy.Run(
            Toy.Settings(("method", method), ("systematics", "none")), Toy.Inputs(data), densities: new GaussianDensities(limit: 1.5));
        var window = result.Windows[1];
        var unknown = Enumerable.Range(0, data.Count).Count(i => data.Mass[i] is >= 4.5 and < 5.5 && data.Feature(0)[i] > 1.5);
        result.Failures.Single(failure => failure.WorkUnit == "window 2 of data").Reason.ShouldStartWith($"{unknown} data events and ");
        window.WorkingPoints[0].NObs.Mean!.Value.ShouldBeLessThan(window.Events - unknown);
        result.Failures.ShouldAllBe(failure => failure.WorkUnit.StartsWith("window "));
    }

    [Fact]
    public void LaCathode_does_not_sculpt_a_spectrum_that_cathode_sculpts()
    {
        // Signal-free x = 3 (m - 5) + noise. CATHODE's score knows x, and so the mass; LaCATHODE's knows z alone. Compared is how far the
        // passing fraction varies over five wide ranges of mass: flat up to sqrt(1/count) for LaCATHODE.
        double Variation(string method)
        {
            var summaries = new List<WindowSummary>();
            Toy.Run(
                Toy.Settings(
                    ("method", method), ("systematics", "none"), ("members", "5"), ("windows", "4.5:5.5"), ("working_points", "0.1")),
                Toy.Inputs(Toy.Background("sculpting", 20_000, slope: 3)),
                summaries,
                new GaussianDensities());
            double[] Wide(string name)
            {
                var values = summaries[0].Arrays.Single(array => array.Name == name).Values;
                return [.. values.Chunk((values.Length + 4) / 5).Select(bins => bins.Sum())];
            }

            var (all, passing) = (Wide("mass_all"), Wide("mass_passing"));
            var fraction = passing.Sum() / all.Sum();
            return passing.Zip(all, (count, of) => (count - (fraction * of)) * (count - (fraction * of)) / (fraction * of)).Sum()
                / (passing.Length - 1);
        }

        // Chi2 per degree of freedom with 4 degrees: above 4.6 in one of a thousand flat spectra.
        Variation("lacathode").ShouldBeLessThan(4.6);
        Variation("cathode").ShouldBeGreaterThan(20);
    }
}
