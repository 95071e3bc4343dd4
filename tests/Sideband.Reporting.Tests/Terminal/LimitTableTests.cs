using System.Globalization;
using Sideband.Reporting.Terminal;
using Sideband.Reporting.Tests.Figures;
using Sideband.Search.Results;

namespace Sideband.Reporting.Tests.Terminal;

/// <summary>Upper limits on the terminal, whatever its width.</summary>
public class LimitTableTests
{
    [Theory]
    [InlineData(150, true)]
    [InlineData(80, false)]
    public void A_narrow_terminal_shows_less_and_breaks_no_cell(int width, bool isWhole)
    {
        var lines = Written(
            width,
            LimitFigureTests.Limit(new LimitValueResult(220, false, 0.02, 1.76, 1.58, null), LimitFigureTests.Expected(260, null), 300));
        lines.ShouldAllBe(line => line.Length <= width);
        var row = lines.Single(line => line.Contains("0.01", StringComparison.Ordinal));
        row.ShouldContain(" 220 ");
        row.ShouldContain("150 - 260");
        row.Contains("1.58", StringComparison.Ordinal).ShouldBe(isWhole, "the cross-section");
        row.Contains("100 - -", StringComparison.Ordinal).ShouldBe(isWhole, "an upper edge above the strengths tried");
        row.Contains("2.40", StringComparison.Ordinal).ShouldBe(isWhole, "S/sqrt(B) at 3 sigma");
    }

    [Fact]
    public void A_limit_above_all_strengths_and_a_reason_are_said()
    {
        var lines = Written(150, LimitFigureTests.Limit(
            new LimitValueResult(null, true, null, null, null, "above"), LimitFigureTests.Expected(null, null), null) with
        { Reason = "2 of 40 redraws are not finished" });
        lines.Single(line => line.Contains(" 0.01 ", StringComparison.Ordinal) && line.Contains("beyond", StringComparison.Ordinal))
            .ShouldNotContain("fb");
        lines.ShouldContain("window 5 at 0.01: 2 of 40 redraws are not finished");
        lines.ShouldAllBe(line => !line.Contains(" fb ", StringComparison.Ordinal), "without luminosity there is no cross-section");
    }

    [Fact]
    public void A_limit_that_is_not_known_says_why()
    {
        var lines = Written(150, LimitFigureTests.Limit(
            new LimitValueResult(null, false, null, null, null, "0.7 template events expected"),
            new ExpectedStrengthResult(null, null, null, null, null, 0, 20, "no experiment without signal gave a limit"),
            null));
        lines.ShouldContain("window 5 at 0.01: no limit: 0.7 template events expected");
        lines.ShouldAllBe(line => !line.Contains("- - -", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_injections_there_is_nothing() => Written(80).ShouldBe([""]);

    private static string[] Written(int width, params LimitResult[] limits)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var console = Consoles.Create(writer, redirected: true);
        console.Profile.Width = width;
        LimitTable.Write(console, ScanResults.Typical() with { Limits = limits });
        return writer.ToString().Split('\n');
    }
}
