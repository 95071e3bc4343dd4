using Sideband.Events;
using Sideband.Inference.Metrics;
using Sideband.Search.Compare;
using Sideband.Search.Engines;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Runs;

namespace Sideband.Search.Tests.Compare;

/// <summary>Finished searches side by side, on events whose density is known.</summary>
public sealed class MethodComparisonTests : IDisposable
{
    // x follows the mass: the strips are a wrong template, a density that is linear in the mass a right one.
    private static readonly EventTable Data = Toy.Background("compared", 9000, slope: 1).Concat(Toy.Signal("compared signal", 150));
    private static readonly EventTable Test = Toy.Background("compared test", 8000, slope: 1).Concat(Toy.Signal("test signal", 1000));
    private static readonly CompareOptions Options = new() { Windows = [2], Trainings = 2, Members = 5, Threads = 2 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Templates_are_held_against_true_background()
    {
        var (cwola, cathode) = (Run("cwola"), Run("cathode", ("method", "cathode")));
        var window = Compare(cwola, cathode);
        window.Truth.ShouldBe(new TrueBackgroundResult("test", CountIn(Test, 0), "data", null));
        window.Templates.Select(template => template.Reason).ShouldBe([null, null]);
        window.Templates[1].Events.ShouldBe(4 * window.Events);

        // In the window x is normal of width 1.04, in both strips together of 1.26: the best AUC is (2/pi) atan(1.26/1.04) = 0.56.
        AucOf(window, "background").ShouldBe(0.5, 0.03);
        AucOf(window, "cathode").ShouldBe(0.5, 0.03);
        AucOf(window, "cwola").ShouldBeGreaterThan(0.53);
        var strips = Data.Select([.. Data.IndicesIn(new MassInterval(4, 4.5)), .. Data.IndicesIn(new MassInterval(5.5, 6))]);
        var found = Distance(window, "cwola", "background");
        found.Features[1].Value.ShouldBe(KolmogorovSmirnov.Statistic(strips.Feature(1), Background(Test).Feature(1)), 0.02);
        found.Features[0].Value.ShouldBeGreaterThan(2 * Distance(window, "cathode", "background").Features[0].Value);
        Distance(window, "cwola", "cathode").Features[0].Value.ShouldBeGreaterThan(0.04);
        window.Distances.Count.ShouldBe(4);
    }

    [Fact]
    public void Every_sample_is_most_like_itself()
    {
        var posterior = Compare(Run("cwola"), Run("cathode", ("method", "cathode"))).LogPosterior;
        posterior.Reason.ShouldBeNull();
        posterior.Chance!.Value.ShouldBe(-Math.Log(2), 1e-12);
        double Of(string ofClass, string sample) =>
            posterior.Values.Single(value => value.Class == ofClass && value.Sample == sample).Value.Mean!.Value;

        Of("cwola", "cwola").ShouldBeGreaterThan(Of("cathode", "cwola"));
        Of("cathode", "cathode").ShouldBeGreaterThan(Of("cwola", "cathode"));
        Of("cathode", "background").ShouldBeGreaterThan(Of("cwola", "background"));
    }

    [Fact]
    public void Numbers_by_labels_are_those_of_the_searchs_own_test()
    {
        var result = default(ScanResult);
        var window = Compare(Run("cwola", keep: kept => result = kept), Run("cathode", ("method", "cathode")));
        var own = result!.TestMetrics!.Single(metrics => metrics.Number == 2);
        var found = window.Performance.Single(entry => entry.Method == "cwola");
        found.Auc.Runs.Count.ShouldBe(1);
        found.Auc.Mean.ShouldBe(own.Auc);
        found.MaximumSic.Mean.ShouldBe(own.MaxSic);
        found.SicAtThousand.Mean.ShouldBeNull();
        found.SicAtThousand.Reason.ShouldBe(
            FormattableString.Invariant($"{CountIn(Test, 0) * 1e-3:G3} background test events expected to pass; at least 25 needed"));
        window.Performance.Min(entry => entry.Regret).ShouldBe(1);
        foreach (var entry in window.Performance)
        {
            // 5 sigma at the cut of the largest SIC is a bound: Z < s/sqrt(b).
            entry.SigmaMin.Mean!.Value.ShouldBeGreaterThan(5 / entry.MaximumSic.Mean!.Value);
            entry.Argos.Mean.ShouldNotBeNull();
        }

        // 150 of 2,400 events are signal, far from the background.
        found.MaximumSic.Mean!.Value.ShouldBeGreaterThan(2);
        window.Performance.Single(entry => entry.Method == "cathode").Argos.Mean!.Value.ShouldBeGreaterThan(0.2);
    }

    [Fact]
    public void Agreement_is_that_of_the_scores()
    {
        var (first, second) = (Run("cathode", ("method", "cathode"), ("runs", "2")), Run("cwola", ("runs", "3")));
        var (result, curves) = new MethodComparison([first, second], Options with { Trainings = 0 }).Run(_ => { }, CancellationToken.None);
        var window = result.Windows.Single();
        window.Separations.ShouldBeEmpty();
        window.LogPosterior.Reason.ShouldBe("no trainings were asked for");
        var (backgrounds, signals) = (CountIn(Test, 0), CountIn(Test, 1));
        window.Scored.ShouldBe(new ScoredEventsResult("test", backgrounds + signals, backgrounds, signals, null));
        var signal = window.Correlations.Single(entry => entry is { First: "cathode", Second: "cwola", Class: "signal" });
        signal.OfTrainings.Runs.Count.ShouldBe(2, "as many as both have");
        signal.OfMeans!.Value.ShouldBeInRange(-1, 1);
        window.Correlations.Single(entry => entry is { First: "cwola", Second: "cwola", Class: "signal" })
            .OfTrainings.Runs.Count.ShouldBe(3);
        var all = window.Overlaps.Where(overlap => overlap.Class == "signal").ToArray();
        all.ShouldAllBe(overlap => overlap.Methods.Count == 2 && overlap.Chance == overlap.Fraction);
        all[^1].Fraction.ShouldBe(1);
        all[^1].Excess.Median!.Value.ShouldBe(0, 1e-12);
        all[0].Fraction.ShouldBeGreaterThanOrEqualTo(25.0 / CountIn(Test, 1));

        // Both look for the same signal.
        all.Max(overlap => overlap.Excess.Median!.Value).ShouldBeGreaterThan(0.1);
        curves.Single().Sic.Select(curve => (curve.Method, curve.Against)).ShouldBe(
        [
            ("cathode", SicCurve.AgainstSignal), ("cathode", SicCurve.AgainstRejection),
            ("cwola", SicCurve.AgainstSignal), ("cwola", SicCurve.AgainstRejection),
        ]);
        curves.Single().Scatter.Count(point => point.Class == "signal").ShouldBe(Math.Min(1000, CountIn(Test, 1)));
    }

    [Fact]
    public void Seeds_of_one_method_are_its_trainings()
    {
        var result = new MethodComparison(
            [Run("a"), Run("b", ("seed", "2")), Run("c", ("members", "4")), Run("d", ("seed", "2"), ("members", "4"))],
            Options with { Trainings = 0 }).Run(_ => { }, CancellationToken.None).Result;
        result.Methods.Select(method => method.Name).ShouldBe(["a", "c"]);
        result.Methods[0].Runs.ShouldBe(["a", "b"]);
        result.Methods[0].Seeds.ShouldBe([1UL, 2UL]);
        result.Methods.ShouldAllBe(method => method.Method == "cwola" && method.Trainings == 2);
        result.Windows[0].Performance[0].MaximumSic.Std.ShouldNotBeNull();
    }

    [Fact]
    public void Classifier_seeds_of_one_template_are_trainings_of_one_generator()
    {
        var result = new MethodComparison(
            [
                Run("one", ("classifier_seed", "1")),
                Run("two", ("classifier_seed", "2")),
                Run("other", ("seed", "2"), ("classifier_seed", "1")),
                Run("follows", ("seed", "2"), ("runs", "2")),
            ],
            Options with { Trainings = 0 }).Run(_ => { }, CancellationToken.None).Result;
        var (method, window) = (result.Methods.Single(), result.Windows.Single());
        (method.Trainings, method.Generators).ShouldBe((5, 3));
        method.Seeds.ShouldBe([1UL, 1UL, 2UL, 2UL]);
        method.ClassifierSeeds.ShouldBe([1UL, 2UL, 1UL, null]);

        // Trainings: 1 of (1, 1) twice, (2, 1) twice, (2, 2).
        var signal = window.Correlations.Single(entry => entry.Class == "signal");
        signal.OfTrainings.Runs.Count.ShouldBe(10);
        signal.OfOneGenerator!.Runs.Count.ShouldBe(2);
        signal.OfGenerators!.Runs.Count.ShouldBe(3);
        signal.OfOneGenerator.Runs.ShouldAllBe(value => value > 0.3 && value < 1);
        signal.OfGenerators.Runs.ShouldAllBe(value => value > 0.3 && value < 1);
        signal.OfOneGenerator.Runs[0].ShouldBe(signal.OfTrainings.Runs[0]);
    }

    [Fact]
    public void Of_one_generator_and_of_single_trainings_what_there_is_not_is_said()
    {
        var window = Compare(Run("a"), Run("b", ("seed", "2")), Run("cathode", ("method", "cathode")));
        var own = window.Correlations.Single(entry => entry is { First: "cwola", Second: "cwola", Class: "signal" });
        own.OfOneGenerator!.Reason.ShouldBe("no two trainings have one generator; --classifier-seed makes some");
        own.OfGenerators!.Runs.ShouldBe(own.OfTrainings.Runs, "of one training each");
        var two = window.Correlations.Single(entry => entry is { First: "cwola", Second: "cathode", Class: "signal" });
        two.OfOneGenerator.ShouldBeNull();
        two.OfGenerators.ShouldBeNull();
        var seeds = Compare(Run("c", ("classifier_seed", "1")), Run("d", ("classifier_seed", "2")));
        seeds.Correlations.Single(entry => entry.Class == "signal").OfGenerators!.Reason
            .ShouldBe("all trainings have one generator; --runs and --seed make others");
    }

    [Fact]
    public void Without_labels_and_test_events_what_needs_them_is_said_and_the_rest_is_there()
    {
        var inputs = Toy.Inputs(Data.WithoutLabels());
        var window = Compare(Run("cwola", inputs), Run("anode", inputs, ("method", "anode")));
        window.Truth.Reason.ShouldBe("neither data with labels nor common test events with background in this window");
        window.Separations.ShouldBeEmpty();
        window.Distances.Select(distance => (distance.First, distance.Second)).ShouldBe([("cwola", "anode")]);
        window.Distances[0].Features.Count.ShouldBe(2);
        window.LogPosterior.Values.Select(value => value.Sample).Distinct().ShouldBe(["cwola", "anode"]);
        window.Templates[1].Note.ShouldStartWith("anode learns no difference to a template");
        window.Scored.Background.ShouldBeNull();
        window.Overlaps.ShouldAllBe(overlap => overlap.Class == "all");
        window.Performance.ShouldAllBe(entry => entry.MaximumSic.Mean == null && entry.MaximumSic.Reason == "labels are not known"
            && entry.SigmaMin.Reason == "labels are not known" && entry.Regret == null && entry.Argos.Mean != null);
    }

    [Fact]
    public void Data_with_labels_do_where_not_every_run_has_the_test_events()
    {
        var window = Compare(Run("cwola"), Run("cathode", Toy.Inputs(Data), ("method", "cathode")));
        window.Truth.ShouldBe(new TrueBackgroundResult("data", CountIn(Data, 0), "halves", null));
        window.Scored.ShouldBe(new ScoredEventsResult(
            "data", window.Events, CountIn(Data, 0), CountIn(Data, 1), "not every run has the same test events"));
        window.Performance.ShouldAllBe(entry => entry.MaximumSic.Mean != null);
        AucOf(window, "background").ShouldBe(0.5, 0.05);
    }

    [Fact]
    public void The_same_bits_with_one_thread_and_two_and_with_samples_that_were_kept()
    {
        var runs = new[] { Run("cwola"), Run("lacathode", ("method", "lacathode")) };
        string Text(int threads, ComparedRun[] compared)
        {
            var path = _folder.PathOf("comparison.json");
            var (result, _) = new MethodComparison(compared, Options with { Threads = threads }).Run(_ => { }, CancellationToken.None);
            Search.Results.Files.ComparisonJson.Write(path, result);
            Search.Results.Files.ComparisonJson.Read(path).Windows.Count.ShouldBe(1);
            return File.ReadAllText(path);
        }

        var text = Text(2, runs);
        Text(1, runs).ShouldBe(text);

        // Before results are collected the drawn samples are in the store; afterwards they are drawn again.
        Text(2, [runs[0], Run("lacathode", collect: false, ("method", "lacathode"))]).ShouldBe(text);
    }

    [Fact]
    public void Runs_that_cannot_be_compared_name_the_difference()
    {
        var first = Run("first");
        Refused(first, Run("other", Toy.Inputs(Toy.Background("others", 9000)))).ShouldStartWith(
            "compare: first and other search different events: 9150 of ");
        Refused(first, Run("other", ("windows", "4.5:5.5:0.5:1"))).ShouldStartWith(
            "compare: windows is '3.5:4.5,4.5:5.5,5.5:6.5' in first and '4:5,4.5:5.5,5:6' in other; ");
        Refused(first, Run("other", ("folds", "2"))).ShouldStartWith("compare: folds is '3' in first and '2' in other; ");
        Should.Throw<ConfigurationException>(() => new MethodComparison([first], Options with { Windows = [4] })).Message
            .ShouldBe("--windows: window 4 is not searched; allowed: 1, 2, 3");
    }

    private static string Refused(params ComparedRun[] runs) =>
        Should.Throw<ConfigurationException>(() => new MethodComparison(runs, Options)).Message;

    private static ComparedWindowResult Compare(params ComparedRun[] runs) =>
        new MethodComparison(runs, Options).Run(_ => { }, CancellationToken.None).Result.Windows.Single();

    private static double AucOf(ComparedWindowResult window, string method) =>
        window.Separations.Single(entry => entry.Method == method).Auc.Mean!.Value;

    private static TemplateDistanceResult Distance(ComparedWindowResult window, string first, string second) =>
        window.Distances.Single(distance => distance.First == first && distance.Second == second);

    private static EventTable Background(EventTable events) =>
        events.Select([.. events.IndicesIn(new MassInterval(4.5, 5.5)).Where(i => events.Labels[i] == 0)]);

    private static int CountIn(EventTable events, byte label) =>
        events.IndicesIn(new MassInterval(4.5, 5.5)).Count(i => events.Labels[i] == label);

    private ComparedRun Run(string name, params (string Key, string Text)[] settings) => Run(name, null, null, true, settings);

    private ComparedRun Run(string name, SearchInputs inputs, params (string Key, string Text)[] settings) =>
        Run(name, inputs, null, true, settings);

    private ComparedRun Run(string name, bool collect, params (string Key, string Text)[] settings) =>
        Run(name, null, null, collect, settings);

    private ComparedRun Run(string name, Action<ScanResult> keep) => Run(name, null, keep, true, []);

    private ComparedRun Run(
        string name, SearchInputs? inputs, Action<ScanResult>? keep, bool collect, (string Key, string Text)[] given)
    {
        var settings = Toy.Settings([("systematics", "none"), .. given]);
        var plan = Planner.Make(settings, inputs ?? Toy.Inputs(Data, test: Test), new GaussianDensities());
        var run = new SearchRun(plan, RunDirectory.Create(_folder.PathOf($"{name} {Guid.NewGuid():N}"), settings));
        run.Work(new LocalEngine(settings.Threads), plan.Units, _ => { }, CancellationToken.None);
        if (collect)
        {
            var result = run.Collect(new Toy.NoFiles([]), "test", DateTimeOffset.UnixEpoch);
            keep?.Invoke(result);
        }

        return run.Compared(name);
    }
}
