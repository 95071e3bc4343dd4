using Sideband.Events;
using Sideband.Search.Engines;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Runs;
using Sideband.Search.Settings;

namespace Sideband.Search.Tests.Runs;

/// <summary>Experiments that were asked for beside a search enter its results, as far as they are finished.</summary>
public sealed class CalibrationTests : IDisposable
{
    private static readonly EventTable Background = Toy.Background("calibration", 6000);

    private static readonly EventTable MonteCarlo = Toy.Background("calibration mc", 6000);

    // Window 2 has 200 signal events among 1,500: an excess beyond any experiment.
    private static readonly EventTable Data = Background.Concat(Toy.Signal("calibration signal", 200));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CalibrationRequest.OverAllWindows)]
    [InlineData(CalibrationRequest.WithinWindows)]
    public void An_excess_is_beyond_all_experiments_and_the_other_windows_among_them(string kind)
    {
        var (plan, directory) = Search(Toy.Settings(("members", "1")));
        var result = Calibrate(plan, directory, new CalibrationRequest(kind, 19));
        var local = result.Windows[1].WorkingPoints[0].PLocalCalibrated!;
        (local.Value, local.Kind, local.Experiments, local.Exceedances, local.Bound).ShouldBe((1.0 / 20, kind, 19, 0, true));
        local.Extrapolated!.Value.ShouldBeLessThan(1e-3);
        result.PGlobal!.Number.ShouldBe(2);
        (result.PGlobal.P.Value, result.PGlobal.P.Bound).ShouldBe((1.0 / 20, true));
        var best = result.Windows[1].WorkingPoints.Single(point => point.EpsilonB == result.PGlobal.EpsilonB).PLocalCalibrated!;
        result.PGlobal.P.Extrapolated!.Value.ShouldBeGreaterThanOrEqualTo(best.Extrapolated!.Value);
        foreach (var point in result.Windows[0].WorkingPoints.Concat(result.Windows[2].WorkingPoints))
        {
            point.PLocalCalibrated!.Exceedances.ShouldBeGreaterThan(0);
            point.PGlobal!.Value!.Value.ShouldBeGreaterThanOrEqualTo(point.PLocalCalibrated.Value!.Value);
        }

        // 19 experiments know a variance of about 1.5 to a third.
        result.Windows.SelectMany(window => window.WorkingPoints).ShouldAllBe(point => point.Kappa!.Value > 0.3 && point.Kappa.Value < 6);
        (result.Calibrations[0].Experiments, result.Calibrations[0].Reason).ShouldBe((19, null));

        // A half-split that is asked for later gives its own p-values and takes nothing of these away.
        var split = Calibrate(plan, directory, new CalibrationRequest(CalibrationRequest.HalfSplit, 0));
        foreach (var (before, after) in Points(result).Zip(Points(split)))
        {
            after.Kappa.ShouldBe(before.Kappa);
            after.Kappa!.Kind.ShouldBe(kind);
            after.PLocalCalibrated!.Kind.ShouldBe(CalibrationRequest.HalfSplit);
        }

        split.Calibrations[0].PValues.Select(p => (p.PLocal, p.PGlobal))
            .ShouldBe(Points(result).Select(point => (point.PLocalCalibrated, point.PGlobal)));
        split.Calibrations[1].PValues.Select(p => (p.PLocal, p.PGlobal))
            .ShouldBe(Points(split).Select(point => (point.PLocalCalibrated, point.PGlobal)));
    }

    [Fact]
    public void Where_the_tables_speak_against_a_claim_no_calibration_makes_one()
    {
        // Three events of four in window 3: a gap in the spectrum.
        var data = Data.Canonical();
        int[] inside = [.. data.IndicesIn(new MassInterval(5.5, 6.5)).Where((_, i) => i % 4 == 0)];
        var gap = data.Select([.. Enumerable.Range(0, data.Count).Except(inside)]);
        var (plan, directory) = Search(Toy.Settings(("members", "1"), ("working_points", "0.1")), gap);
        var permuted = Calibrate(plan, directory, new CalibrationRequest(CalibrationRequest.OverAllWindows, 19));
        permuted.Windows.Select(window => window.MayClaim).ShouldBe([true, true, false]);
        var split = Calibrate(plan, directory, new CalibrationRequest(CalibrationRequest.HalfSplit, 0));
        foreach (var result in new[] { permuted, split })
        {
            var (claimed, withheld) = (result.Windows[1].WorkingPoints[0], result.Windows[2].WorkingPoints[0]);
            withheld.Significance.Mean.ShouldNotBeNull();
            foreach (var p in new[] { withheld.PLocalCalibrated!, withheld.PGlobal! })
            {
                (p.Value, p.Extrapolated).ShouldBe((null, null));
                p.Reason.ShouldBe("no claim: " + result.Windows[2].ClaimWithheld);
            }

            (withheld.PLocal, claimed.PLocalCalibrated!.Value is null).ShouldBe((null, false));
            result.PGlobal!.Number.ShouldBe(2);
        }

        // Two windows are looked at.
        split.PGlobal!.P.Value!.Value.ShouldBe(2 * split.Windows[1].WorkingPoints[0].PLocalCalibrated!.Value!.Value, 1e-12);

        // The density of pseudo-experiments leaves out the window of the largest S that may be claimed.
        new SearchRun(plan, directory).Requests.Completed(new CalibrationRequest(CalibrationRequest.FromDensity, 19)).Without
            .ShouldBe(plan.Windows.Searched[1].SignalRegion);
    }

    [Fact]
    public void More_experiments_add_to_those_that_exist_and_unfinished_ones_are_said()
    {
        var (plan, directory) = Search(Toy.Settings(("members", "1"), ("working_points", "0.1")));
        var first = Calibrate(plan, directory, new CalibrationRequest(CalibrationRequest.OverAllWindows, 19));
        var more = new CalibrationRequest(CalibrationRequest.OverAllWindows, 25);
        var run = new SearchRun(plan, directory);
        run.ToDo(run.Requests.UnitsOf(more).Parts[0]).Count.ShouldBe(6 * 9);
        ExperimentsFile.Write(directory, ExperimentsFile.Read(directory).With(more));
        var partial = Collect(plan, directory);
        partial.Calibrations[0].Reason.ShouldBe("19 of 25 experiments are finished");
        partial.Windows[0].WorkingPoints[0].PLocalCalibrated.ShouldBe(first.Windows[0].WorkingPoints[0].PLocalCalibrated);
        var all = Calibrate(plan, directory, more).Windows[0].WorkingPoints[0].PLocalCalibrated!;
        all.Experiments.ShouldBe(25);
        Should.Throw<ConfigurationException>(() => run.Requests.Completed(more with { StopAfter = 10 })).Message
            .ShouldContain("were begun without --stop-after");
        all.Exceedances.ShouldBeGreaterThanOrEqualTo(first.Windows[0].WorkingPoints[0].PLocalCalibrated!.Exceedances);
    }

    [Fact]
    public void Experiments_end_early_where_the_largest_is_no_excess()
    {
        var (plan, directory) = Search(Toy.Settings(("members", "1"), ("working_points", "0.1")), Background);
        var result = Calibrate(plan, directory, new CalibrationRequest(CalibrationRequest.OverAllWindows, 60, StopAfter: 2));
        var p = result.PGlobal!.P;
        p.StoppedEarly.ShouldBeTrue();
        p.Value!.Value.ShouldBe(2.0 / p.Experiments);
        p.Experiments.ShouldBeLessThan(60);
        result.Windows.ShouldAllBe(window => window.WorkingPoints[0].PLocalCalibrated!.Value == null
            ? window.WorkingPoints[0].PLocalCalibrated!.Reason!.StartsWith("fewer than 2")
            : window.WorkingPoints[0].PLocalCalibrated!.StoppedEarly);

        // What ends them is fixed before the first.
        var requests = new SearchRun(plan, directory).Requests;
        var begun = new CalibrationRequest(CalibrationRequest.OverAllWindows, 60, StopAfter: 2);
        requests.Completed(begun).ShouldBe(begun);
        requests.Completed(begun with { Experiments = 19 }).Experiments.ShouldBe(19);
        Should.Throw<ConfigurationException>(() => requests.Completed(begun with { StopAfter = null })).Message.ShouldBe(
            $"{directory.Root}: its experiments of this kind were begun with --stop-after 2, and a p-value of an early stop needs that "
            + "fixed beforehand; repeat the command with --stop-after 2, or search in another folder");
        Should.Throw<ConfigurationException>(() => requests.Completed(begun with { StopAfter = 3 }));
        Should.Throw<ConfigurationException>(() => requests.Completed(begun with { Experiments = 61 })).Message
            .ShouldContain("begun as at most 60 with --stop-after 2");
        requests.Completed(new CalibrationRequest(CalibrationRequest.WithinWindows, 19, StopAfter: 3)).StopAfter.ShouldBe(3);
    }

    [Fact]
    public void Experiments_beyond_the_last_one_looked_at_are_as_if_they_were_not_there()
    {
        var request = new CalibrationRequest(CalibrationRequest.OverAllWindows, 60, StopAfter: 3);
        var settings = Toy.Settings(("members", "1"), ("working_points", "0.1"));
        var (plan, directory) = Search(settings, Background);
        var whole = Calibrate(plan, directory, request);
        var last = whole.PGlobal!.P.Experiments;
        (last % 20).ShouldNotBe(0, "there are more, as they are made in parts of 20");

        // A command that was interrupted behind the last one has no more than these.
        (plan, directory) = Search(settings, Background, "interrupted");
        var run = new SearchRun(plan, directory);
        var parts = run.Requests.UnitsOf(request).Parts;
        ExperimentsFile.Write(directory, ExperimentsFile.Read(directory).With(request));
        var units = parts.SelectMany(part => part).Take(last * parts[0].Count / 20);
        run.Work(new LocalEngine(2), [.. units], _ => { }, CancellationToken.None);
        run.Requests.IsComplete(request).ShouldBeTrue();
        var interrupted = Collect(plan, directory);
        interrupted.Calibrations[0].Experiments.ShouldBe(last);
        Points(interrupted).Select(point => (point.PLocalCalibrated, point.Kappa))
            .ShouldBe(Points(whole).Select(point => (point.PLocalCalibrated, point.Kappa)));
        Points(whole).ShouldAllBe(point => point.Kappa!.Experiments == last);
    }

    [Fact]
    public void A_half_split_needs_no_experiments()
    {
        var (plan, directory) = Search(Toy.Settings(("members", "1"), ("working_points", "0.1")));
        var result = Calibrate(plan, directory, new CalibrationRequest(CalibrationRequest.HalfSplit, 0));
        var p = result.Windows[1].WorkingPoints[0].PLocalCalibrated!;
        p.Value!.Value.ShouldBeLessThan(1e-3);
        (p.Kind, p.Experiments, p.Bound).ShouldBe((CalibrationRequest.HalfSplit, 0, false));

        // The strips of CWoLa have weights: the law is not exact.
        p.Approximate.ShouldBeTrue();
        result.PGlobal!.P.Value!.Value.ShouldBe(3 * p.Value.Value, 1e-12);
        result.PGlobal.Number.ShouldBe(2);
        result.Windows[0].WorkingPoints[0].PLocalCalibrated!.Value!.Value.ShouldBeGreaterThan(0.01);
    }

    [Fact]
    public void A_half_split_needs_a_template_of_other_events()
    {
        var settings = Toy.Settings(("method", "supervised"), ("windows", "5:5:1:1"));
        var directory = RunDirectory.Create(_folder.PathOf("supervised"), settings);
        IReadOnlyList<object> Units(EventTable? ideal) => new SearchRun(
                Planner.Make(settings, Toy.Inputs(Background, ideal: ideal, signal: Toy.Signal("calibration signal", 400))), directory)
            .Requests.UnitsOf(new CalibrationRequest(CalibrationRequest.HalfSplit, 0)).Parts;
        Should.Throw<ConfigurationException>(() => Units(null)).Message
            .ShouldEndWith("is the data's own events of label 0; search with --ideal-background FILE");
        Units(MonteCarlo).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_blind_search_learns_kappa_and_no_p_value()
    {
        var settings = Toy.Settings(("members", "1"), ("working_points", "0.1"), ("blind", "true"));
        var (plan, directory) = Search(settings);
        var result = Calibrate(plan, directory, new CalibrationRequest(CalibrationRequest.OverAllWindows, 19));
        var point = result.Windows[1].WorkingPoints[0];
        point.Kappa!.Value!.Value.ShouldBeGreaterThan(0.3);
        point.PLocalCalibrated!.Value.ShouldBeNull();
        point.PLocalCalibrated.Reason.ShouldBe("blind: signal-region data are not scored");
        result.PGlobal.ShouldBeNull();
        var half = new CalibrationRequest(CalibrationRequest.HalfSplit, 0);
        Should.Throw<ConfigurationException>(() => new SearchRun(plan, directory).Requests.UnitsOf(half))
            .Message.ShouldContain("which a blind search does not");

        // The same experiments calibrate the search once it is open.
        var open = Planner.Make(settings with { Blind = false }, Toy.Inputs(Data, MonteCarlo));
        var run = new SearchRun(open, directory);
        run.Work(new LocalEngine(2), [.. open.Units], _ => { }, CancellationToken.None);
        run.ToDo(run.Requests.UnitsOf(new CalibrationRequest(CalibrationRequest.OverAllWindows, 19)).Parts[0]).ShouldBeEmpty();
        Collect(open, directory).PGlobal!.P.Experiments.ShouldBe(19);
    }

    private static IEnumerable<WorkingPointResult> Points(ScanResult result) => result.Windows.SelectMany(window => window.WorkingPoints);

    private (SearchPlan Plan, RunDirectory Directory) Search(SearchSettings settings, EventTable? data = null, string name = "run")
    {
        var plan = Planner.Make(settings, Toy.Inputs(data ?? Data, MonteCarlo));
        var directory = RunDirectory.Create(_folder.PathOf(name), settings);
        new SearchRun(plan, directory).Work(new LocalEngine(2), plan.Units, _ => { }, CancellationToken.None);
        return (plan, directory);
    }

    private static ScanResult Calibrate(SearchPlan plan, RunDirectory directory, CalibrationRequest request)
    {
        ExperimentsFile.Write(directory, ExperimentsFile.Read(directory).With(request));
        var run = new SearchRun(plan, directory);
        var (work, parts) = run.Requests.UnitsOf(request);
        foreach (var part in parts.TakeWhile((_, i) => i == 0 || !run.Requests.IsComplete(request)))
        {
            run.Work(new LocalEngine(2), part, _ => { }, CancellationToken.None, work);
        }

        return Collect(plan, directory);
    }

    private static ScanResult Collect(SearchPlan plan, RunDirectory directory) =>
        new SearchRun(plan, directory).Collect(new Toy.NoFiles([]), "test", DateTimeOffset.UnixEpoch);
}
