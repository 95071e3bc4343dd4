using Sideband.Events;
using Sideband.Search.Engines;
using Sideband.Search.Experiments;
using Sideband.Search.Fits;
using Sideband.Search.Plan;
using Sideband.Search.Results.Files;
using Sideband.Search.Runs;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Tests.Fits;

/// <summary>The bump hunt on finished searches of toys, whose spectrum is even from 3 to 7.</summary>
public sealed class SpectrumFitsTests : IDisposable
{
    private static readonly EventTable Data = Toy.Background("fitted", 12000).Concat(Toy.Signal("bump", 150)).Canonical();
    private static readonly FitOptions Options = new() { SqrtS = 13, Range = new MassInterval(3, 7), Toys = 20 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_bump_is_found_after_the_cut_and_not_before()
    {
        var fitted = Fit(Search(Data, ("runs", "2")), Options with { Masses = [4.9] });

        // Three windows and a mass, each without a cut and at two working points.
        fitted.Results.Select(fit => (fit.Number, fit.Scan, fit.EpsilonB)).ShouldBe(
        [
            (1, false, null), (1, false, 0.1), (1, false, 0.02), (2, false, null), (2, false, 0.1), (2, false, 0.02),
            (3, false, null), (3, false, 0.1), (3, false, 0.02), (2, true, null), (2, true, 0.1), (2, true, 0.02),
        ]);

        // Some 150 events on 3000, of which the cut leaves many on 60.
        var (before, after, finer) = (fitted.Results[3], fitted.Results[5], fitted.Results[11]);

        // Two classifiers of one member each are no good ones, and five parameters leave little beside a window of a quarter of the range.
        after.Significance.Mean!.Value.ShouldBeGreaterThan(2.5);
        after.Significance.Mean!.Value.ShouldBeGreaterThan(before.Significance.Mean!.Value);
        after.Significance.Runs.Count.ShouldBe(2);
        before.Significance.Runs.Count.ShouldBe(1);
        after.Observed.Mean!.Value.ShouldBeGreaterThan(after.Expected.Mean!.Value);
        after.Limit.Mean!.Value.ShouldBeGreaterThan(after.ExpectedLimit.Median!.Value);
        after.PLocal!.Value.ShouldBeLessThan(0.01);
        before.Events.Mean.ShouldBe(Data.Count);
        (finer.Low, finer.High).ShouldBe((4.4, 5.4));

        // The other windows hold no signal; the bump lies at the edge of their sidebands.
        fitted.Results.Where(fit => fit.Number != 2 && fit.EpsilonB == 0.02).ShouldAllBe(fit => fit.Significance.Mean < 4);

        // The picture has every event of the range that passes in the first run.
        var picture = fitted.Summaries[1].Arrays.Single(array => array.Name == "fit_observed");
        picture.Values[..(picture.Values.Length / 3)].Sum().ShouldBe(Data.Count);
        picture.Values[^(picture.Values.Length / 3)..].Sum().ShouldBe(after.Events.Runs[0]!.Value);
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        var one = Fit(Search(Data, ("threads", "1")), Options);
        var four = Fit(Search(Data, ("threads", "4")), Options);
        Json(four).ShouldBe(Json(one));
    }

    [Fact]
    public void A_shape_of_simulated_signal_is_put_at_every_mass()
    {
        var shaped = Fit(Search(Data), Options with { Signal = Toy.Signal("shape", 4000) });
        shaped.Results[4].SignalShape.ShouldBe("crystal_ball");
        shaped.Results[4].Significance.Mean!.Value.ShouldBeGreaterThan(4);
    }

    [Fact]
    public void A_score_that_knows_the_mass_sculpts_and_one_at_a_reference_mass_does_not()
    {
        // x moves with the mass by half its width per unit: a cut on x at 5 leaves more of the high masses.
        var data = Toy.Background("sloped", 12000, slope: 0.5).Concat(Signal(0.5)).Canonical();
        var search = Search(data, ("method", "cathode"), ("windows", "5:5:1:1"), ("working_points", "0.1"));
        var own = Fit(search, Options).Results[1];
        own.Sculpting.Sample.ShouldBe("labels");
        own.Sculpting.Sculpts.ShouldBe(true);
        own.Flags.ShouldContain("sculpts");

        var reference = Fit(search, Options with { AtReferenceMass = true }).Results[1];
        reference.Score.ShouldBe("reference");
        reference.Sculpting.Sculpts.ShouldBe(false);

        // The cut is as hard as before, within the fluctuations of 1200 events.
        reference.Sculpting.Selected!.Value.ShouldBeInRange(1000, 1400);
    }

    [Fact]
    public void Background_without_labels_or_Monte_Carlo_is_said_not_to_be_checked()
    {
        var fit = Fit(Search(Data.WithoutLabels()), Options).Results[1];
        fit.Sculpting.Sculpts.ShouldBeNull();
        fit.Sculpting.Reason.ShouldBe("no background with a known shape: data without labels, and no mc");
    }

    [Fact]
    public void Monte_Carlo_tells_the_shape_where_labels_do_not()
    {
        var search = Search(Data.WithoutLabels(), Toy.Background("mc", 8000), ("systematics", "mc"));
        var fit = Fit(search, Options).Results[1];
        fit.Sculpting.Sample.ShouldBe("mc");
        fit.Sculpting.Events.ShouldBe(8000);

        // A tenth passes, judged by the folds' thresholds as data are.
        fit.Sculpting.Selected!.Value.ShouldBeInRange(640, 960);
    }

    [Fact]
    public void Of_copies_one_is_fitted_in_data_and_in_experiments()
    {
        var once = Toy.Background("fitted twice", 3000);
        var (plan, directory) = Search(once.Concat(once).Canonical(), ("windows", "5:5:1:1"), ("working_points", "0.1"));
        var fits = Fit((plan, directory), Options with { Toys = 0 }).Results;
        fits.ShouldAllBe(fit => fit.Flags.Contains("copies"));
        fits[0].Events.Mean.ShouldBe(3000);
        fits[0].Observed.Mean.ShouldBe(once.CountIn(new MassInterval(4.5, 5.5)));
        fits[0].Sculpting.Events.ShouldBe(0);
        fits[1].Sculpting.Events.ShouldBe(3000);

        // Counts have both copies of what passes, spectra one.
        var request = new CalibrationRequest(CalibrationRequest.OverAllWindows, 1) { Spectra = true };
        var experiment = new ExperimentPlan(plan, request.Planned(plan));
        WorkUnit[] units = [.. experiment.UnitsOf(0).Where(unit => unit.Stage is CountStage)];
        var store = UnitStore.Open(_folder.PathOf("experiment"));
        new LocalEngine(2).Run(plan, store, units, _ => { }, CancellationToken.None);
        var counts = units.Select(unit => (CountProduct)store.Read(unit)).ToArray();
        counts.Sum(fold => 2L * fold.Masses[0].Count(mass => mass is >= 4.5 and < 5.5))
            .ShouldBe(counts.Sum(fold => fold.All[0].Observed.Events));
        counts.Sum(fold => fold.Masses[0].Length).ShouldBeInRange(200, 400);
    }

    [Fact]
    public void Methods_and_ranges_that_cannot_be_fitted_are_refused()
    {
        Should.Throw<ConfigurationException>(() => Fit(Search(Data, ("method", "anode")), Options)).Message
            .ShouldBe("fit: method anode has no score outside of its window, so there are no sidebands to fit");
        var search = Search(Data);
        Should.Throw<ConfigurationException>(() => Fit(search, Options with { AtReferenceMass = true })).Message
            .ShouldBe("--score: method cwola cannot map events to a reference mass; allowed: event (its own score)");
        Should.Throw<ConfigurationException>(() => Fit(search, Options with { Range = new MassInterval(3.5, 4.5) })).Message
            .ShouldBe("--mass-range: no window lies inside of 3.5:4.5 with sidebands on both sides");
    }

    [Fact]
    public void A_window_at_the_edge_of_the_range_is_a_reason_and_the_others_are_fitted()
    {
        var fits = Fit(Search(Data), Options with { Range = new MassInterval(3.5, 7) }).Results;
        fits[1].Significance.Mean.ShouldBeNull();
        fits[1].Reason!.ShouldStartWith("the window [3.5, 4.5) must have a width and lie inside of the range [3.5, 7)");
        fits[4].Significance.Mean.ShouldNotBeNull();
    }

    private static EventTable Signal(double slope)
    {
        var signal = Toy.Signal("bump", 150);
        float[] x = [.. signal.Feature(0).ToArray().Select((value, i) => (float)(value + (slope * (signal.Mass[i] - 5))))];
        return signal.WithFeatures([x, signal.Feature(1).ToArray()]);
    }

    private static string Json(FittedSpectra fitted)
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("results.json");
        ResultsJson.Write(path, ScanResults.Typical() with { Fits = fitted.Results });
        return File.ReadAllText(path);
    }

    private static FittedSpectra Fit((SearchPlan Plan, RunDirectory Directory) search, FitOptions options) =>
        new SearchRun(search.Plan, search.Directory).Fit(options, _ => { }, CancellationToken.None);

    private (SearchPlan Plan, RunDirectory Directory) Search(EventTable data, params (string, string)[] more) =>
        Search(data, null, more);

    private (SearchPlan Plan, RunDirectory Directory) Search(EventTable data, EventTable? monteCarlo, params (string Key, string)[] more)
    {
        var systematics = more.Any(entry => entry.Key == "systematics") ? Array.Empty<(string, string)>() : [("systematics", "none")];
        var settings = Toy.Settings([("members", "1"), .. systematics, .. more]);
        var plan = Planner.Make(settings, Toy.Inputs(data, monteCarlo), new GaussianDensities());
        var name = string.Join('_', more.Select(entry => entry.Item2.Replace(':', '-')).Prepend("run"));
        var directory = RunDirectory.Create(_folder.PathOf(name), settings);
        new SearchRun(plan, directory).Work(new LocalEngine(2), plan.Units, _ => { }, CancellationToken.None);
        return (plan, directory);
    }
}
