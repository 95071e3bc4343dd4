using Sideband.Reporting.Terminal;
using Sideband.Search.Results;

namespace Sideband.Reporting.Tests.Terminal;

/// <summary>The table that a physicist reads, letter by letter, as it goes into a file.</summary>
public sealed class ScanTableTests
{
    [Fact]
    public void The_table_of_a_search() => Shown(ScanResults.Typical()).ShouldBe(Snapshot("scan"));

    [Fact]
    public void The_table_of_a_blind_search() => Shown(ScanResults.Blind()).ShouldBe(Snapshot("blind"));

    [Fact]
    public void A_redirected_console_gets_no_colours_or_cursor_codes()
    {
        Shown(ScanResults.Typical()).ShouldNotContain("\u001b");
        Shown(ScanResults.Blind()).ShouldNotContain("\u001b");
    }

    [Fact]
    public void The_largest_excess_is_marked_where_it_is_claimed_and_above_zero()
    {
        var result = ScanResults.Typical();
        Lines(Shown(result), "◀").ShouldBe(["       5   3.3 - 3.7"]);

        // The largest of fluctuations is no excess.
        var nothing = new RunValues(2.5, null, [2.5], null);
        WindowResult Quiet(WindowResult window) =>
            window with { WorkingPoints = [.. window.WorkingPoints.Select(point => point with { Significance = nothing })] };
        var quiet = Shown(result with { Windows = [.. result.Windows.Select(Quiet)] });
        quiet.ShouldNotContain("◀");
        quiet.ShouldContain("ε_B = 0.01: no excess above 3σ; the largest S is +2.5, in window 5, 3.3 - 3.7; ");
    }

    [Fact]
    public void Ties_have_no_star_and_a_blind_search_no_p_values()
    {
        var result = ScanResults.Typical();
        WindowResult Tied(WindowResult window) =>
            window with { WorkingPoints = [.. window.WorkingPoints.Select(point => point with { Flags = ["ties_at_threshold"] })] };
        Shown(result with { Windows = [.. result.Windows.Select(Tied)] }).ShouldNotContain("*");
        Shown(ScanResults.Blind()).ShouldNotContain("p-values");
    }

    [Fact]
    public void A_flag_is_shown_on_the_largest_excess_too() =>
        Shown(ScanResults.Typical())
            .Split('\n')
            .Single(line => line.Contains("3.3 - 3.7 ", StringComparison.Ordinal) && line.Contains('◀', StringComparison.Ordinal))
            .ShouldEndWith("◀ +3.1±0.2 *");

    [Fact]
    public void A_biased_background_estimate_claims_nothing()
    {
        var result = ScanResults.Typical();
        var biased = result with
        {
            Validation = [.. result.Validation.Select(verdict => verdict with
            {
                Verdict = "background_estimate_biased", LargestExcess = null, Reason = "mean S of the other windows is 2.00, p = 0.001",
            })],
        };
        var text = Shown(biased);
        text.ShouldNotContain("◀");
        text.ShouldNotContain("largest excess");
        text.ShouldContain(
            "ε_B = 0.01: no excess is claimed, the background estimate is biased: mean S of the other windows is 2.00, p = 0.001\n");
    }

    [Fact]
    public void Statistical_errors_only_is_said_where_it_is_so()
    {
        var result = ScanResults.Typical() with { SignificanceKind = "statistical_only", DeltaSysEstimate = "none" };
        var text = Shown(result);
        text.ShouldContain("statistical errors only: no delta_sys, every S overstates what is known\n");
        text.ShouldContain("delta_sys (mc, for comparison): +0.010 at 0.01, - at 0.0001\n");
        Shown(ScanResults.Typical()).ShouldNotContain("statistical errors only");
    }

    [Fact]
    public void Undefined_numbers_are_dashes()
    {
        var cells = Shown(ScanResults.Typical()).Split('\n').Single(line => line.Contains("3.2 - 3.6", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        cells[^3..].ShouldBe(["-", "-", "-"]);
    }

    private static string[] Lines(string text, string mark) =>
        [.. text.Split('\n').Where(line => line.Contains(mark, StringComparison.Ordinal)).Select(line => line[..20])];

    private static string Shown(ScanResult result)
    {
        var writer = new StringWriter { NewLine = "\n" };
        ScanTable.Write(Consoles.Create(writer, redirected: true), result);
        return string.Join('\n', writer.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
    }

    private static string Snapshot(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Snapshots", name + ".txt"));
}
