using Sideband.Reporting.Runs;
using Sideband.Reporting.Wording;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Tests.Wording;

/// <summary>A search is quoted by a number that nothing speaks against, and a claim is never hidden.</summary>
public class HeadlineTests
{
    private const string FewEvents = "fewer than 3 template events are expected to pass in some fold: threshold and N_exp are uncertain";

    [Fact]
    public void A_clean_excess_is_quoted_and_a_larger_flagged_one_is_named() => Sentence(4, 7, "few_template_events").ShouldBe(
        "Excess above 3σ, below 5σ: S = +4.0 in window 5, mjj 3.3 - 3.7, at ε_B = 10⁻²: 650 events observed, 425 expected. "
        + $"Larger, but flagged: S = +7.0 in window 5 at ε_B = 10⁻⁴ ({FewEvents}).");

    [Fact]
    public void A_smaller_flagged_one_is_not() => Sentence(6, 5.5, "few_template_events").ShouldNotContain("flagged");

    [Fact]
    public void A_flagged_excess_alone_is_quoted_with_its_flag() => Sentence(1, 5.5, "few_template_events").ShouldEndWith(
        $"13.0 events observed, 4.2 expected. It is flagged ({FewEvents}), and no point without a flag is above 3σ.");

    [Fact]
    public void A_flagged_point_is_not_the_largest_where_there_is_no_excess() =>
        Sentence(1, 2.5, "few_template_events").ShouldStartWith("No excess above 3σ; the largest has S = +1.0 in window 5");

    [Fact]
    public void Ties_at_the_threshold_are_harmless() =>
        Sentence(4, 7, "ties_at_threshold").ShouldStartWith("Excess above 5σ: S = +7.0 in window 5");

    [Fact]
    public void A_flag_that_is_not_known_matters() => Sentence(4, 7, "of_another_version").ShouldContain("(of_another_version)");

    [Theory]
    [InlineData(0.5, "A: no excess above 3σ; the largest S is +0.5, in window 5, 3.3 - 3.7; the other windows look like background")]
    [InlineData(-0.5, "A: no excess above 3σ; the largest S is -0.5, in window 5, 3.3 - 3.7; the other windows look like background")]
    [InlineData(
        3.5,
        "A: largest excess in window 5, 3.3 - 3.7: S = +3.5, p_local = 9.9e-10, flagged epsilon_b_off; "
        + "the other windows look like background")]
    public void What_is_no_excess_is_not_called_one(double significance, string expected)
    {
        var result = Result(significance, 0, "epsilon_b_off");
        var window = result.Windows[1];
        var flagged = window.WorkingPoints[0] with { Flags = ["epsilon_b_off"] };
        result = result with { Windows = [result.Windows[0], window with { WorkingPoints = [flagged, window.WorkingPoints[1]] }] };
        Verdict.At(result, result.Validation[0], 0, "A").ShouldBe(expected);
    }

    [Theory]
    [InlineData(0.0214, "= 0.021", "2.1e-2")]
    [InlineData(9.87e-10, "= 9.9e-10", "9.9e-10")]
    [InlineData(1e-300, "< 1e-300", "< 1e-300")]
    [InlineData(0, "< 1e-300", "< 1e-300")]
    public void No_p_value_is_0(double p, string equal, string power) =>
        (PValues.Equal(p), PValues.Power(p)).ShouldBe((equal, power));

    [Fact]
    public void Footnotes_say_where_and_what()
    {
        var result = Result(4, 7, "few_template_events");
        Flags.Footnotes(result, epsilon => $"{epsilon}").ShouldBe([$"few_template_events (window 5 at 0.0001): {FewEvents}"]);
        result = result with
        {
            Windows =
            [
                .. Enumerable.Range(1, 4).Append(7).Select(number => result.Windows[1] with
                {
                    Number = number,
                    WorkingPoints = [.. result.Windows[1].WorkingPoints.Select(point => point with { Flags = ["no_separation"] })],
                }),
            ],
        };
        Flags.Footnotes(result, epsilon => $"{epsilon}").Single().ShouldStartWith(
            "no_separation (windows 1-4, 7 at 0.01; windows 1-4, 7 at 0.0001): a classifier learned nothing");
    }

    // Window 5 has these significances at 10^-2 and, flagged, at 10^-4; window 4 next to nothing.
    private static ScanResult Result(double clean, double flagged, string flag)
    {
        static RunValues Of(double value) => new(value, null, [value], null);
        var result = ScanResults.Typical();
        var points = result.Windows[1].WorkingPoints;
        return result with
        {
            Windows =
            [
                result.Windows[0] with
                {
                    WorkingPoints = [result.Windows[0].WorkingPoints[0] with { Significance = Of(-3) }, result.Windows[0].WorkingPoints[1]],
                },
                result.Windows[1] with
                {
                    WorkingPoints =
                    [
                        points[0] with { Significance = Of(clean) }, points[1] with { Significance = Of(flagged), Flags = [flag] },
                    ],
                },
            ],
        };
    }

    private static string Sentence(double clean, double flagged, string flag) =>
        Verdict.Sentence(new ReportedRun("r", "r", Result(clean, flagged, flag), new Dictionary<int, WindowArrays>()));
}
