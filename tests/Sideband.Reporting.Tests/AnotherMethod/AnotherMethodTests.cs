using Sideband.Events;
using Sideband.Numerics;
using Sideband.Reporting.Figures;
using Sideband.Reporting.Page;
using Sideband.Reporting.Runs;
using Sideband.Search.Engines;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;
using Sideband.Search.Runs;
using Sideband.Search.Settings;
using Sideband.Templates;

namespace Sideband.Reporting.Tests.AnotherMethod;

/// <summary>
/// A method in a folder of its own and one registration: settings, plan, store, resume, results and report take it as their own.
/// </summary>
public sealed class AnotherMethodTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    static AnotherMethodTests()
    {
        TemplateMethods.Register(new UpperStripTemplate());
        TemplateMethods.Register(new NoTemplate());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_runs_through_search_resume_results_and_report()
    {
        var settings = Settings(("strip_width", "0.8"));
        var result = Search("whole", settings, interruptAfter: null);
        result.Method.ShouldBe("upper_strip");
        result.DeltaSysEstimate.ShouldBe("mc");
        result.Failures.ShouldBeEmpty();

        // Both classes have one distribution: nothing but noise, widths near 1.5 (folds share events).
        result.Windows.ShouldAllBe(window => Math.Abs(window.WorkingPoints[0].Significance.Mean!.Value) < 6);
        result.Provenance.Settings["strip_width"].ShouldBe("0.8");

        var resumed = Search("resumed", settings, interruptAfter: 7);
        resumed.Windows.Select(Numbers).ShouldBe(result.Windows.Select(Numbers));

        var runs = ReportedRun.ReadAll([_folder.PathOf("whole")]);
        ReportPage.Write(runs, FigureSet.Of(runs)).ShouldContain("upper_strip");
    }

    [Fact]
    public void Its_option_is_refused_by_others_and_kept_in_search_yaml()
    {
        var settings = Settings(("strip_width", "0.70"));
        var path = _folder.PathOf("search.yaml");
        File.WriteAllText(path, SettingsWriter.ToYaml(settings));
        SettingKeys.ByName("strip_width", "test").Show(SettingsReader.Load(path)).ShouldBe("0.7");
        Should.Throw<ConfigurationException>(() => Planner.Make(Settings(("strip_width", "0.8"), ("method", "cwola")), Inputs()))
            .Message.ShouldBe("strip_width: method 'cwola' does not read it; allowed with: upper_strip");
        Should.Throw<ConfigurationException>(() => Settings(("strip_width", "-1")))
            .Message.ShouldContain("strip_width: '-1' is not allowed");
    }

    [Fact]
    public void An_option_of_its_own_may_not_have_the_name_of_another_methods()
    {
        var theirs = TemplateMethods.ByName("curtains").Options[0];
        var other = new NoTemplate(theirs with { Description = "another one" });
        Should.Throw<ArgumentException>(() => TemplateMethods.Register(other)).Message.ShouldStartWith(
            $"method 'no_template': its option '{theirs.Name}' is another one than that of 'feta'; take that one, or another name");
        TemplateMethods.ByName("no_template").Options.ShouldBeEmpty();
    }

    [Fact]
    public void Where_nothing_could_be_trained_the_report_says_why_and_draws_nothing_of_it()
    {
        const string why = "there is no template";
        var settings = Settings(("method", "no_template"), ("systematics", "none"), ("windows", "5:5:1:1"));
        var result = Search("failed", settings, interruptAfter: null);
        result.Windows[0].WorkingPoints[0].Significance.Mean.ShouldBeNull();
        result.Failures.ShouldContain(failure => failure.Reason.Contains(why));
        var runs = ReportedRun.ReadAll([_folder.PathOf("failed")]);
        var figures = FigureSet.Of(runs);
        ReportPage.Write(runs, figures).ShouldContain(why);
        figures.SelectMany(set => set).Select(figure => figure.Kind).ShouldBe(["mass", "feature_1_x"], ignoreOrder: true);
    }

    private ScanResult Search(string name, SearchSettings settings, int? interruptAfter)
    {
        var plan = Planner.Make(settings, Inputs());
        var directory = RunDirectory.Create(_folder.PathOf(name), settings);
        if (interruptAfter is { } limit)
        {
            using var cancellation = new CancellationTokenSource();
            var done = 0;
            Should.Throw<OperationCanceledException>(() => new SearchRun(plan, directory).Work(
                new LocalEngine(2),
                [.. plan.ToCollect],
                _ =>
                {
                    if (++done == limit)
                    {
                        cancellation.Cancel();
                    }
                },
                cancellation.Token));
        }

        var run = new SearchRun(plan, directory);
        run.Work(new LocalEngine(2), [.. plan.ToCollect], _ => { }, CancellationToken.None);
        var result = run.Collect(new RunFiles(directory), "test", DateTimeOffset.UnixEpoch);
        ResultsJson.Write(directory.ResultsFile, result);
        return result;
    }

    private static SearchSettings Settings(params (string Key, string Text)[] entries) => SettingsReader.Apply(new SearchSettings(), [
        .. new[]
        {
            ("method", "upper_strip"), ("mass", "m"), ("features", "x"), ("windows", "4:6:1:1"), ("working_points", "0.1"), ("runs", "1"),
            ("folds", "3"), ("members", "2"),
        }.Concat(entries).Select(entry => (SettingKeys.ByName(entry.Item1, "test"), entry.Item2))]);

    private static SearchInputs Inputs() =>
        SearchInputs.Of([(InputRole.Data, Events("data")), (InputRole.MonteCarlo, Events("mc"))], [], []);

    private static EventTable Events(string name)
    {
        const int count = 6000;
        var random = RandomStream.For(1, "another method", name);
        return new EventTable(
            "m",
            [.. Enumerable.Range(0, count).Select(_ => 3 + (4 * random.NextDouble()))],
            ["x"],
            [[.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())]],
            [EventSource.Simulated(name)],
            new short[count],
            [.. Enumerable.Range(0, count)]);
    }

    private static string Numbers(WindowResult window) => string.Join(';', window.WorkingPoints.Select(point =>
        FormattableString.Invariant($"{point.NObs.Mean:R} {point.NExp.Mean:R} {point.Significance.Mean:R} {point.DeltaSys:R}")));
}
