using Sideband.Events;
using Sideband.Inference.BumpHunt;
using Sideband.Search.Fits;
using Sideband.Search.Results;

namespace Sideband.Search.Tests.Fits;

/// <summary>What results say of the fit of one spectrum, even in (mass - 3)^2 from 3 to 4, with more events at 3.5.</summary>
public class FitResultsTests
{
    private static readonly FitTarget Target = FitTarget.Of([new MassWindow(5, new MassInterval(3.4, 3.6))], [])[0];
    private static readonly MassInterval Range = new(3, 4);
    private static readonly FitOptions Options = new() { SqrtS = 13, Toys = 10 };

    [Fact]
    public void Few_events_are_said_and_toys_stand_beside()
    {
        // Some 6 background events in the window, and 7 more: none of 100 toys is likely to reach them, ten are not.
        var fit = Fit(40, 7);
        fit.Reason.ShouldBeNull();
        fit.Expected.Mean!.Value.ShouldBeLessThan(10);
        fit.Flags.ShouldContain("few_events");
        fit.PToys!.Value.ShouldBeInRange(1 / 101.0, 0.1);

        // A deficit has no p-value by toys; its asymptotic one stays.
        var deficit = Fit(40, -5);
        deficit.Flags.ShouldContain("few_events");
        deficit.PToys.ShouldBeNull();
        deficit.PLocal!.Value.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Many_events_need_no_toys()
    {
        var fit = Fit(4000, 100);
        fit.Flags.ShouldNotContain("few_events");
        fit.PToys.ShouldBeNull();
        fit.Function!.Name.ShouldBe("dijet 5");
        fit.Function.Asked.ShouldBeOneOf("dijet 2", "dijet 3", "dijet 4", "dijet 5");
    }

    private static FitResult Fit(int events, int more)
    {
        double[] background = [.. Enumerable.Range(0, events).Select(i => 3 + Math.Pow((i + 0.5) / events, 2))];
        double[] inside = [.. background.Where(Target.Region.Contains)];
        double[] masses = more >= 0
            ? [.. background, .. Enumerable.Repeat(3.5, more)]
            : [.. background.Except(inside), .. inside.Skip(-more)];
        var cut = new SelectedMasses(0.01, [new SelectedRun(1, masses, null)]);
        var hunt = EnhancedBumpHunt.Of(masses, Target.Region, Options.Settings(Range), new ToyStreams(1, "fit"));
        return FitResults.Of(Target, cut, [hunt], SculptingCheck.NotChecked(null, 0, "not asked"), Options, Range);
    }
}
