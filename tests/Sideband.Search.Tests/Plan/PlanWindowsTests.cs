using Sideband.Search.Plan;
using Sideband.Search.Systematics;

namespace Sideband.Search.Tests.Plan;

/// <summary>Which windows of which sample are scored.</summary>
public sealed class PlanWindowsTests
{
    private static readonly double[] Grid = [3.5, 4.5, 5.5];

    [Fact]
    public void Without_an_estimate_the_searched_windows_alone()
    {
        var windows = Windows(("systematics", "none"));
        Lows(windows, ChainSample.Data).ShouldBe([4.5, 6]);
        windows.Of(ChainSample.MonteCarlo).ShouldBeEmpty();
        windows.Of(ChainSample.Sideband).ShouldBeEmpty();
        windows.Searched.ShouldBe(windows.Of(ChainSample.Data));
        windows.ForShift.Select(window => window.SignalRegion.Low).ShouldBe(Grid);
    }

    [Theory]
    [InlineData("mc", true, false)]
    [InlineData("sideband", false, true)]
    [InlineData("mc+sideband", true, true)]
    [InlineData("0.1,0.1", false, false)]
    public void A_chain_is_run_in_every_window_of_the_shift(string systematics, bool monteCarlo, bool sideband)
    {
        var windows = Windows(("method", "cathode"), ("systematics", systematics));
        Lows(windows, ChainSample.Data).ShouldBe([4.5, 6]);
        Lows(windows, ChainSample.MonteCarlo).ShouldBe(monteCarlo ? Grid : []);
        Lows(windows, ChainSample.Sideband).ShouldBe(sideband ? Grid : []);
    }

    [Fact]
    public void Labels_add_the_windows_of_the_shift_that_are_not_searched()
    {
        var windows = Windows(("systematics", "labels"));
        Lows(windows, ChainSample.Data).ShouldBe([4.5, 6, 3.5, 5.5]);
        windows.Searched.Count.ShouldBe(2);
        windows.Of(ChainSample.MonteCarlo).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cwola", true, false)]
    [InlineData("cathode", true, true)]
    [InlineData("ideal", false, false)]
    public void The_methods_own_estimate_is_filled_in(string method, bool monteCarlo, bool sideband)
    {
        var windows = Windows(("method", method));
        windows.Of(ChainSample.MonteCarlo).Count.ShouldBe(monteCarlo ? 3 : 0);
        windows.Of(ChainSample.Sideband).Count.ShouldBe(sideband ? 3 : 0);
    }

    [Fact]
    public void A_grid_is_both_where_nothing_else_is_asked_for()
    {
        var windows = PlanWindows.Of(Toy.Settings(("systematics", "labels")));
        windows.ForShift.ShouldBe(windows.Searched);
        Lows(windows, ChainSample.Data).ShouldBe(Grid);
    }

    private static double[] Lows(PlanWindows windows, ChainSample sample) =>
        [.. windows.Of(sample).Select(window => window.SignalRegion.Low)];

    private static PlanWindows Windows(params (string, string)[] entries) =>
        PlanWindows.Of(Toy.Settings([("windows", "4.5:5.5,6:6.5"), ("delta_sys_windows", "4:6:1:1"), .. entries]));
}
