using Sideband.Reporting.Figures;
using Sideband.Reporting.Runs;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Tests.Figures;

/// <summary>The figures of injection scans and limits.</summary>
public class LimitFigureTests
{
    private static readonly RedrawBandResult Band = new(-1, 0, 1, 2, 3);

    internal static ExpectedStrengthResult Expected(double? highOne, double? highTwo) => new(100, 150, 200, highOne, highTwo, 20, 0, null);

    internal static LimitResult Limit(LimitValueResult observed, ExpectedStrengthResult expected, double? three) => new(
        5, 3.3, 3.7, 0.01, 0.95, 0.8, 10_000, null, 0.1,
        [new StrengthResult(0, 20, 0, null, Band, null, null), new StrengthResult(500, 18, 2, Band, Band, null, "diverged")],
        [new LimitRuleResult("cls", observed, expected, [])],
        [new SensitivityResult(3, three, three * 0.8 / 100, 4, null), new SensitivityResult(5, null, null, 7, "not reached")],
        null);

    private static IReadOnlyList<Figure> Figures(params LimitResult[] limits) => FigureSet.Of(
        [new ReportedRun("first", "runs/first", ScanResults.Typical() with { Limits = limits }, new Dictionary<int, WindowArrays>())])[0];

    [Fact]
    public void Limits_are_drawn_with_what_lies_beyond_the_strengths()
    {
        var figures = Figures(
            Limit(new LimitValueResult(220, false, 0.02, 1.76, null, null), Expected(260, 300), 300),
            Limit(new LimitValueResult(null, true, null, null, null, "above"), Expected(280, null), null) with { EpsilonB = 0.001 });
        var limits = figures.Single(figure => figure.Kind == "limits");
        limits.Data.Numbers("observed").ShouldBe([220]);
        var top = limits.Chart.Panels[0].Y.High;
        limits.Data.Numbers("drawn_two").ShouldBe([300, top], 1e-4 * top);
        limits.Data.Numbers("drawn_one").ShouldBe([260, 280]);
        limits.Data.Numbers("arrow").ShouldHaveSingleItem().ShouldBe(top, 1e-4 * top);
        limits.Caption.ShouldContain("Arrows: above the largest strength tried. Bands that reach the upper edge end above");
        limits.Chart.Facet!.Values.ShouldBe(["ε_B = 10⁻²", "ε_B = 10⁻³"]);
        limits.Data.Numbers("left").First().ShouldBeLessThan(3.5);

        var sensitivity = figures.Single(figure => figure.Kind == "sensitivity");
        sensitivity.Data.Numbers("with_cut").ShouldBe([2.4], 1e-12);
        sensitivity.Data.Numbers("without_cut").ShouldBe([4, 7, 4, 7]);
        sensitivity.Caption.ShouldContain(" 3 of the points are not reached");
    }

    [Fact]
    public void Redraws_are_drawn_with_their_bands_and_failures_are_said()
    {
        var figures = Figures(Limit(new LimitValueResult(220, false, 0.02, 1.76, null, null), Expected(260, 300), 300));
        var significance = figures.Single(figure => figure.Kind == "injection_significance");
        significance.Window.ShouldBe(5);
        significance.Data.Numbers("median").ShouldBe([1, 1]);
        significance.Caption.ShouldEndWith("Up to 2 redraws of a working point failed and are left out.");
        figures.Single(figure => figure.Kind == "injection_efficiency").Data.Numbers("median").ShouldBe([1], "none is defined at 0");
    }

    [Fact]
    public void A_working_point_without_any_number_has_words_and_no_panel()
    {
        const string reason = "0.7 template events expected above the threshold";
        var known = Limit(new LimitValueResult(220, false, 0.02, 1.76, null, null), Expected(260, 300), 300);
        var none = Limit(
            new LimitValueResult(null, false, null, null, null, reason),
            new ExpectedStrengthResult(null, null, null, null, null, 0, 20, "no experiment without signal gave a limit"),
            null) with
        {
            EpsilonB = 0.001,
            Strengths = [new StrengthResult(0, 0, 20, null, null, null, reason)],
        };
        var figures = Figures(known, none);
        foreach (var kind in (string[])["limits", "injection_significance", "injection_efficiency"])
        {
            var figure = figures.Single(figure => figure.Kind == kind);
            figure.Chart.Facet!.Values.ShouldBe(["ε_B = 10⁻²"]);
            figure.Caption.ShouldEndWith(reason + ".");
        }

        Figures(none).ShouldNotContain(figure => figure.Kind == "limits" || figure.Kind == "injection_efficiency");
    }

    [Fact]
    public void Without_injections_there_is_nothing() => Figures().ShouldNotContain(figure => figure.Kind == "limits");
}
