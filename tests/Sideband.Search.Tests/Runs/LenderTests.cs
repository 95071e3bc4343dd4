using Sideband.Search.Engines;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Runs;
using Sideband.Search.Settings;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Tests.Runs;

/// <summary>A finished run serves a search with other working points or test events: nothing is trained again.</summary>
public sealed class LenderTests : IDisposable
{
    private static readonly SearchInputs Inputs = Toy.Inputs(Toy.Background("lender", 4000), Toy.Background("lender mc", 4000));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cwola")]
    [InlineData("lacathode")]
    public void Other_working_points_and_test_events_train_nothing(string method)
    {
        Run("first", Toy.Settings(("method", method)), Inputs, new LocalEngine(2), null);
        var files = Directory.GetFiles(_folder.PathOf("first/work")).ToDictionary(path => path, File.GetLastWriteTimeUtc);
        var other = Toy.Settings(("method", method), ("working_points", "0.2,0.05"));
        var tested = Toy.Inputs(
            Inputs.Data,
            Inputs.Tables[Templates.InputRole.MonteCarlo],
            test: Toy.Background("lender test", 2000).Concat(Toy.Signal("lender test signal", 200)));
        var borrowed = Run("second", other, tested, new NoTraining(), "first");
        var own = Run("third", other, tested, new LocalEngine(2), null);
        borrowed.Windows.Select(Numbers).ShouldBe(own.Windows.Select(Numbers));
        borrowed.TestMetrics!.Select(metrics => metrics.Auc).ShouldBe(own.TestMetrics!.Select(metrics => metrics.Auc));

        // The lender is as it was.
        Directory.GetFiles(_folder.PathOf("first/work")).ToDictionary(path => path, File.GetLastWriteTimeUtc).ShouldBe(files);
    }

    [Fact]
    public void A_changed_training_is_done_again()
    {
        Run("first", Toy.Settings(), Inputs, new LocalEngine(2), null);
        Should.Throw<InvalidOperationException>(() => Run("second", Toy.Settings(("members", "4")), Inputs, new NoTraining(), "first"))
            .Message.ShouldStartWith("training experiment 0/");
    }

    [Fact]
    public void A_blind_run_serves_only_its_own_settings()
    {
        Run("first", Toy.Settings(("blind", "true")), Inputs, new LocalEngine(2), null);
        Lender.Of(RunDirectory.Of(_folder.PathOf("first/search.yaml"))!, Toy.Settings(("blind", "true"))).ShouldNotBeNull();
        Lender.Of(RunDirectory.Of(_folder.PathOf("first/search.yaml"))!, Toy.Settings(("blind", "true"), ("working_points", "0.2")))
            .ShouldBeNull();
        Lender.Of(RunDirectory.Of(_folder.PathOf("first/search.yaml"))!, Toy.Settings()).ShouldBeNull();
    }

    [Fact]
    public void A_search_file_that_lies_in_no_run_lends_nothing()
    {
        File.WriteAllText(_folder.PathOf("search.yaml"), "mass: m\n");
        RunDirectory.Of(_folder.PathOf("search.yaml")).ShouldBeNull();
    }

    private ScanResult Run(string name, SearchSettings settings, SearchInputs inputs, IUnitEngine engine, string? lender)
    {
        var plan = Planner.Make(settings, inputs, new GaussianDensities());
        var run = new SearchRun(plan, RunDirectory.Create(_folder.PathOf(name), settings));
        if (lender is not null)
        {
            run.Borrow(Lender.Of(RunDirectory.Of(_folder.PathOf($"{lender}/search.yaml"))!, settings)!, [.. plan.ToCollect]);
        }

        run.Work(engine, [.. plan.ToCollect], _ => { }, CancellationToken.None);
        return run.Collect(new Toy.NoFiles([]), "test", DateTimeOffset.UnixEpoch);
    }

    private static string Numbers(WindowResult window) => string.Join(';', window.WorkingPoints.Select(point =>
        FormattableString.Invariant($"{point.NObs.Mean:R} {point.NExp.Mean:R} {point.Significance.Mean:R} {point.DeltaSys:R}")));

    /// <summary>An engine that does everything but train.</summary>
    private sealed class NoTraining : IUnitEngine
    {
        public IReadOnlyDictionary<string, double> Run(
            SearchPlan plan, UnitStore store, IReadOnlyList<WorkUnit> units, Action<WorkUnit> finished, CancellationToken cancellation)
        {
            var open = OpenUnits.Of(units, store);
            return open.FirstOrDefault(unit => unit.Stage is FoldStage or Templates.Learned.DensityStage) is { } training
                ? throw new InvalidOperationException($"training {training.Name}")
                : new LocalEngine(2).Run(plan, store, units, finished, cancellation);
        }
    }
}
