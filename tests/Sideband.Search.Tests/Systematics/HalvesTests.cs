using Sideband.Events;
using Sideband.Search.Engines;
using Sideband.Search.Plan;
using Sideband.Search.Settings;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates;

namespace Sideband.Search.Tests.Systematics;

/// <summary>delta_sys from halves of the simulation, one of them made like the data.</summary>
public sealed class HalvesTests : IDisposable
{
    private const double Slope = 0.4;

    private static readonly EventTable Data = Toy.Background("halves data", 24_000, Slope);

    private static readonly EventTable Simulation = Toy.Background("halves simulation", 24_000);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Half_of_the_simulation_is_searched_and_the_other_half_is_its_simulation()
    {
        var (plan, store) = Distorted("salad");
        var (searched, simulated) = (Events(plan, store, InputRole.Searched), Events(plan, store, InputRole.Simulation));
        var all = plan.Inputs.Tables[InputRole.Simulation].Identity.ToArray().ToHashSet();
        searched.Identity.ToArray().ShouldAllBe(identity => all.Contains(identity));
        searched.Identity.ToArray().Intersect(simulated.Identity.ToArray()).ShouldBeEmpty();

        // A half is 12,000 +- 110 events; of the searched one acceptance leaves a part.
        simulated.Count.ShouldBeInRange(11_500, 12_500);
        searched.Count.ShouldBeInRange(3000, 12_000);
    }

    [Fact]
    public void The_searched_half_is_made_like_the_data()
    {
        var (plan, store) = Distorted("salad");
        double Mean(EventTable events)
        {
            var above = events.Select(events.IndicesIn(new MassInterval(5.5, 7)));
            return above.Feature(0).ToArray().Average();
        }

        // x of the data follows the mass, that of the simulation does not.
        var (data, simulation, half) = (Mean(Data), Mean(Simulation), Mean(Events(plan, store, InputRole.Searched)));
        Math.Abs(data - simulation).ShouldBeGreaterThan(0.2);
        Math.Abs(data - half).ShouldBeLessThan(Math.Abs(data - simulation) / 3);
    }

    [Theory]
    [InlineData("salad")]
    [InlineData("feta", Traits = ["Category", "Long"])]
    public void Results_have_both_estimates_and_take_the_larger(string method)
    {
        var result = Toy.Run(Settings(method), Toy.Inputs(Data, simulation: Simulation));
        result.Failures.ShouldAllBe(failure => failure.Reason.Contains("have no image", StringComparison.Ordinal));
        result.DeltaSysEstimate.ShouldBe("strips,halves");
        foreach (var epsilon in result.Windows[0].WorkingPoints.Select(point => point.EpsilonB))
        {
            double Shift(string estimate) => result.DeltaSys.Single(s => s.Estimate == estimate && s.EpsilonB == epsilon).Mean!.Value;
            Shift("strips,halves").ShouldBe(Math.Max(Shift("strips"), Shift("halves")));
        }

        // Three windows of some 120 pseudo-data at eps_B = 0.1: 6 % for the mean, and the template's error; four of that.
        result.DeltaSys.Single(shift => shift is { Estimate: "halves", EpsilonB: 0.1 }).Mean!.Value.ShouldBe(0, 0.25);
        result.DeltaSys.First(shift => shift.Estimate == "halves").PerWindow.Select(window => (window.Low, window.High))
            .ShouldBe(result.Windows.Select(window => (window.Low, window.High)));
    }

    [Theory]
    [InlineData("cwola", "mc, labels, none")]
    [InlineData("curtains", "mc, labels, none")]
    [InlineData("ideal", "labels, none")]
    public void A_method_without_simulation_has_no_halves(string method, string allowed) =>
        Should.Throw<ConfigurationException>(() => Planner.Make(
            Toy.Settings(("method", method), ("systematics", "halves")), Toy.Inputs(Data, ideal: Simulation)))
            .Message.ShouldBe(
                $"systematics: 'halves' needs a method that makes a simulation like the data; with method '{method}' allowed: {allowed}, "
                + "or one number per working point");

    private (SearchPlan Plan, UnitStore Store) Distorted(string method)
    {
        var plan = Planner.Make(Settings(method), Toy.Inputs(Data, simulation: Simulation));
        var store = UnitStore.Open(_folder.PathOf("store"));
        new LocalEngine(2).Run(plan, store, [.. plan.Units.Where(unit => unit.Stage is DistortionStage)], _ => { }, CancellationToken.None);
        return (plan, store);
    }

    private static EventTable Events(SearchPlan plan, UnitStore store, InputRole role)
    {
        var fold = plan.Units.First(unit => unit.Stage is FoldStage && unit.Sample == ChainSample.Halves);
        return UnitInputs.Of(plan.Context, fold, store.Read, new PreparedCache(plan.Settings.Method, [])).Events(role);
    }

    private static SearchSettings Settings(string method) => Toy.Settings(
        ("method", method), ("profile", "quick"), ("windows", "4.4:5.6:0.6:0.6"), ("working_points", "0.2,0.1"));
}
