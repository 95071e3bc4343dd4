using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Numerics;
using Sideband.Search.Collect;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates;

namespace Sideband.Search.Tests.Experiments;

/// <summary>Events that are there several times stay together in permutations, whose counts then vary as the observed ones do.</summary>
public sealed class CopyBlocksTests
{
    private static readonly EventTable Once = Toy.Background("copies", 1500);
    private static readonly EventTable Twice = Once.Concat(Once).Canonical();

    [Fact]
    public void Blocks_of_one_size_take_each_others_places()
    {
        ulong[] identity = [7, 3, 7, 5, 3, 9, 9, 9];
        var moved = new HashSet<string>();
        for (var i = 0; i < 40; i++)
        {
            var order = CopyBlocks.Shuffle(identity, CopyExchange.BlocksOfOneSize, RandomStream.For((ulong)i, "blocks"));
            order.Order().ShouldBe(Enumerable.Range(0, 8));
            ulong[] content = [.. order.Select(row => identity[row])];
            content.ShouldBe([content[0], content[1], content[0], 5, content[1], 9, 9, 9]);
            moved.Add(string.Join(' ', content));
        }

        moved.Count.ShouldBe(2);
    }

    [Fact]
    public void Any_blocks_leave_the_number_of_copies_at_its_place()
    {
        ulong[] identity = [7, 7, 7, 5, 3, 3];
        var moved = new HashSet<string>();
        for (var i = 0; i < 200; i++)
        {
            var order = CopyBlocks.Shuffle(identity, CopyExchange.Blocks, RandomStream.For((ulong)i, "blocks"));
            ulong[] content = [.. order.Select(row => identity[row])];
            content.ShouldBe([content[0], content[0], content[0], content[3], content[4], content[4]]);
            content.Distinct().Count().ShouldBe(3);
            moved.Add(string.Join(' ', content));
        }

        moved.Count.ShouldBe(6);
    }

    [Fact]
    public void Permuted_counts_of_copies_vary_as_those_of_events_do()
    {
        // n events, K of them selected, W of them in the window: N/2 is hypergeometric. Rows by themselves have half the variance of N.
        var source = SourceOf<PermutedFeatures>(Twice, CalibrationRequest.OverAllWindows);
        source.Exchange.ShouldBe(CopyExchange.BlocksOfOneSize);
        var window = new MassInterval(4.5, 5.5);
        double n = Once.Count, inWindow = Once.CountIn(window), selected = Selected(Once);
        var expected = 4 * inWindow * selected / n * (1 - (selected / n)) * (n - inWindow) / (n - 1);
        double Variance(PermutedFeatures permuted) => RunStatistics.Of([.. Enumerable.Range(0, 400).Select(e => Inference.Measured.Of(
                Selected(permuted.Events(_ => Twice, name => RandomStream.For((ulong)e, name)).In(window))))])
            .StandardDeviation.Select(deviation => deviation * deviation).Value!.Value;

        // sqrt(2/399) = 7 %: 4.5 sigma.
        (Variance(source) / expected).ShouldBe(1, 0.32);
        (Variance(source with { Exchange = CopyExchange.Rows }) / expected).ShouldBe(0.5, 0.16);
    }

    [Theory]
    [InlineData("cwola", CopyExchange.BlocksOfOneSize)]
    [InlineData("cathode", CopyExchange.Blocks)]
    public void Copies_that_a_template_does_not_have_stay_at_their_place(string method, CopyExchange exchange)
    {
        SourceOf<PermutedLabels>(Twice, CalibrationRequest.WithinWindows, method).Exchange.ShouldBe(exchange);
        SourceOf<PermutedLabels>(Once, CalibrationRequest.WithinWindows, method).Exchange.ShouldBe(CopyExchange.Rows);
    }

    [Fact]
    public void Without_copies_experiments_are_named_as_before()
    {
        Canonical.Text(SourceOf<PermutedFeatures>(Once, CalibrationRequest.OverAllWindows)).ShouldBe("{\"Origins\":[{\"Name\":\"data\"}]}");
        Canonical.Text(SourceOf<PermutedFeatures>(Twice, CalibrationRequest.OverAllWindows)).ShouldContain("BlocksOfOneSize");
    }

    [Fact]
    public void Events_drawn_anew_have_no_copies_and_a_part_of_a_file_has_fewer()
    {
        var monteCarlo = Toy.Background("copies mc", 1500);
        var plan = PlanOf(Twice, monteCarlo.Concat(monteCarlo));
        double F(ExperimentSource source) => plan.RepetitionOf(source.Origins[0], source.CopiesKept(plan.Inputs)).Data;
        F(new PermutedFeatures()).ShouldBe(2, 0.02);
        F(new DrawnFromDensity(new MassInterval(4, 5))).ShouldBe(1);
        F(new DrawnRows(InputRole.MonteCarlo, 1500, WithReplacement: false)).ShouldBe(1.5, 0.01);
        F(new DrawnRows(InputRole.MonteCarlo, 1500, WithReplacement: true)).ShouldBe(1);
        F(new InjectedSignal(750, Simulated: false, WithReplacement: false, SignalOfFile: false, 0)).ShouldBe(1.25, 0.01);
    }

    [Fact]
    public void Samples_drawn_from_a_table_have_a_part_of_its_copies()
    {
        var window = new MassWindow(1, new MassInterval(4.5, 5.5));
        var inside = Twice.CountIn(window.SignalRegion);
        SearchCounts.CopiesKept(ChainSample.Data, Twice, window, inside).ShouldBe(1);
        SearchCounts.CopiesKept(ChainSample.StripBelow, Twice, window, inside).ShouldBe(1);
        SearchCounts.CopiesKept(ChainSample.Halves, Twice, window, inside / 2).ShouldBe(0.5, 0.01);

        // The toy's masses are even from 3 to 7: as many events as the window has are a third of those beside it.
        SearchCounts.CopiesKept(ChainSample.Sideband, Twice, window, inside).ShouldBe(1 / 3.0, 0.04);
    }

    private static double Selected(EventTable events) => events.Feature(0).ToArray().Count(x => x > 1);

    private static SearchPlan PlanOf(EventTable data, EventTable? monteCarlo = null, string method = "cwola") => Planner.Make(
        Toy.Settings(("systematics", "none"), ("method", method)), Toy.Inputs(data, monteCarlo: monteCarlo), new GaussianDensities());

    private static T SourceOf<T>(EventTable data, string kind, string method = "cwola")
        where T : ExperimentSource =>
        new CalibrationRequest(kind, 1).Planned(PlanOf(data, method: method)).ShouldHaveSingleItem().Source.ShouldBeOfType<T>();
}
