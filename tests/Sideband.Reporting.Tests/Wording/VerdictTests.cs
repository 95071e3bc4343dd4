using Sideband.Reporting.Runs;
using Sideband.Reporting.Wording;
using Sideband.Search.Experiments;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Tests.Wording;

public class VerdictTests
{
    [Fact]
    public void A_large_excess() => Sentence(ScanResults.Typical()).ShouldBe(
        "Excess above 5σ: S = +6.0±0.7 in window 5, mjj 3.3 - 3.7, at ε_B = 10⁻²: 650 events observed, 425 expected.");

    [Fact]
    public void A_biased_working_point_is_not_the_headline()
    {
        var result = ScanResults.Typical();
        result = result with { Validation = [Biased(result.Validation[0]), result.Validation[1]] };
        Sentence(result).ShouldBe(
            "Excess above 3σ, below 5σ: S = +3.1±0.2 in window 5, mjj 3.3 - 3.7, at ε_B = 10⁻⁴: 13.0 events observed, 4.2 expected. "
            + "It is flagged (fewer than 3 template events are expected to pass in some fold: threshold and N_exp are uncertain), "
            + "and so is every other point. "
            + "Nothing is claimed at ε_B = 10⁻², where the background estimate is not right or not to be trusted.");
        result = result with { Validation = [.. result.Validation.Select(Biased)] };
        Sentence(result).ShouldBe("No excess is claimed: at no working point is the background estimate right and to be trusted.");
    }

    [Fact]
    public void A_template_that_fails_is_said_with_its_window_and_reason()
    {
        var result = ScanResults.Typical();
        Verdict.Contradicted(result).ShouldBeEmpty();
        result = result with
        {
            Windows =
            [
                result.Windows[0] with { State = WindowState.TemplateFails, Reason = "run 1: AUC 0.600" },
                result.Windows[1] with { State = WindowState.Ok },
            ],
        };
        Verdict.Contradicted(result).ShouldHaveSingleItem().ShouldBe(
            "window 4, 3.2 - 3.6: no claim, its sidebands contradict the template (template_fails): run 1: AUC 0.600");
    }

    [Fact]
    public void A_window_whose_template_fails_in_one_run_is_not_quoted_by_the_others()
    {
        var result = ScanResults.Typical();
        result = result with
        {
            Windows = [result.Windows[0], result.Windows[1] with { State = WindowState.TemplateFails, Reason = "run 2: AUC 0.600" }],
            Validation = [.. result.Validation.Select(verdict => verdict with { LargestExcess = 4 })],
        };
        Sentence(result).ShouldStartWith("No excess above 3σ; the largest has S = +0.1±0.4 in window 4");
        result = result with
        {
            Windows = [result.Windows[1]],
            Validation = [.. result.Validation.Select(verdict => verdict with { LargestExcess = null, Reason = "no window is left" })],
        };
        Sentence(result).ShouldBe("No excess is claimed: the sidebands contradict the templates, see below.");
        Verdict.At(result, result.Validation[0], 0, "here").ShouldBe("here: no excess is claimed, no window is left");
    }

    [Fact]
    public void An_earlier_calibration_is_still_said()
    {
        CalibrationResult Of(string kind, int experiments, double p) => new(kind, experiments, experiments, null, new GlobalPValueResult(
            5, 1e-2, 6, new CalibratedPValueResult(p, kind, experiments, 1, 0, false, false, false, null, null)), null);
        var result = ScanResults.Typical();
        var split = Of(CalibrationRequest.HalfSplit, 0, 0.02);
        result = result with
        {
            Calibrations = [Of(CalibrationRequest.OverAllWindows, 99, 0.04), split],
            PGlobal = split.PGlobal,
        };
        PValues.Summary(result, epsilon => $"{epsilon}").ShouldBe(
            "p_global = 0.02 for S = +6.0 in window 5 at 0.01: 4 trials looked at, corrected for all of them by their number "
            + "(half-split, both ways); p_global = 0.04 by permuted over all windows, 99 experiments");
        result = result with { Windows = [result.Windows[0] with { ClaimWithheld = "a gap" }, result.Windows[1]] };
        PValues.Summary(result, epsilon => $"{epsilon}").ShouldContain("corrected for those that may claim by their number");
    }

    [Fact]
    public void A_shift_that_cannot_be_trusted_is_said_with_its_reason()
    {
        var result = ScanResults.Typical();
        var verdict = result.Validation[0] with
        {
            Verdict = "shift_not_trusted",
            LargestExcess = null,
            Reason = "delta_sys = +1.50 +- 0.10 is of order one",
        };
        Verdict.At(result, verdict, 0, "here").ShouldBe(
            "here: no excess is claimed, the shift cannot be trusted: delta_sys = +1.50 +- 0.10 is of order one");
    }

    [Fact]
    public void Statistical_errors_only_are_said() =>
        Sentence(ScanResults.Typical() with { SignificanceKind = "statistical_only" })
            .ShouldContain("S = +6.0±0.7 (statistical errors only)");

    [Fact]
    public void Nothing_seen_and_nothing_looked_at()
    {
        var result = ScanResults.Typical();
        var quiet = result with
        {
            Windows = [result.Windows[0]],
            Validation = [result.Validation[0] with { LargestExcess = 4 }, result.Validation[1] with { LargestExcess = null }],
        };
        Sentence(quiet).ShouldBe(
            "No excess above 3σ; the largest has S = +0.1±0.4 in window 4, mjj 3.2 - 3.6, at ε_B = 10⁻²: "
            + "513 events observed, 511 expected.");
        Sentence(ScanResults.Blind()).ShouldStartWith("Blind search");
    }

    private static ValidationResult Biased(ValidationResult verdict) =>
        verdict with { Verdict = "background_estimate_biased", LargestExcess = null };

    private static string Sentence(ScanResult result) =>
        Verdict.Sentence(new ReportedRun("r", "r", result, new Dictionary<int, WindowArrays>()));
}
