using Sideband.Reporting.Figures;
using Sideband.Reporting.Runs;
using Sideband.Reporting.Terminal;
using Sideband.Search.Results;

namespace Sideband.Reporting.Wording;

/// <summary>What a search says, in words: one sentence for all, and one a working point.</summary>
internal static class Verdict
{
    private const double Evidence = 3;
    private const double Observation = 5;

    /// <summary>The verdict in one sentence.</summary>
    public static string Sentence(ReportedRun run)
    {
        var result = run.Result;
        if (result.Blind)
        {
            return "Blind search: no signal-region data were scored; expected events and what would be an excess are below.";
        }

        var errors = result.SignificanceKind == "statistical_only" ? " (statistical errors only)" : "";
        var biased = result.Validation.Where(verdict => verdict.Verdict != "ok")
            .Select(verdict => Labels.WorkingPoint(verdict.EpsilonB))
            .ToArray();
        var elsewhere = biased.Length == 0
            ? ""
            : $" Nothing is claimed at {string.Join(", ", biased)}, where the background estimate is biased.";
        if (biased.Length == result.Validation.Count)
        {
            return "No excess is claimed: the background estimate is biased at every working point.";
        }

        if (run.Headline is not { } best)
        {
            return "No significance is defined: see the failures below.";
        }

        var (window, point, _) = best;
        var strength = point.Significance.Mean switch
        {
            >= Observation => "Excess above 5σ:",
            >= Evidence => "Excess above 3σ, below 5σ:",
            _ => "No excess above 3σ; the largest has",
        };
        return $"{strength} S = {Numbers.Significance(point.Significance.Mean, point.Significance.Std)}{errors} in window {window.Number}, "
            + $"{result.Mass} {Numbers.Mass(window.Low)} - {Numbers.Mass(window.High)}, at {Labels.WorkingPoint(point.EpsilonB)}: "
            + $"{Numbers.Count(point.NObs.Mean)} events observed, {Numbers.Count(point.NExp.Mean)} expected.{elsewhere}";
    }

    /// <summary>The verdict at one working point.</summary>
    /// <param name="at">The working point as it is written where the verdict stands.</param>
    public static string At(ScanResult result, ValidationResult verdict, int workingPoint, string at)
    {
        if (verdict.Verdict != "ok")
        {
            return $"{at}: no excess is claimed, the background estimate is biased: {verdict.Reason}";
        }

        if (result.Windows.FirstOrDefault(window => window.Number == verdict.LargestExcess) is not { } window)
        {
            return $"{at}: no significance is defined: {verdict.Reason}";
        }

        var point = window.WorkingPoints[workingPoint];
        return $"{at}: largest excess in window {window.Number}, {Numbers.Mass(window.Low)} - {Numbers.Mass(window.High)}: S = "
            + Numbers.Significance(point.Significance.Mean, point.Significance.Std)
            + $"{PValues.Local(point)}; {verdict.Reason}";
    }
}
