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

    /// <summary>True for what is called an excess: S of at least 3.</summary>
    public static bool IsExcess(WorkingPointResult point) => point.Significance.Mean >= Evidence;

    /// <summary>The verdict in one sentence.</summary>
    public static string Sentence(ReportedRun run)
    {
        var result = run.Result;
        if (result.Blind)
        {
            return "Blind search: no signal-region data were scored; expected events and what would be an excess are below.";
        }

        var biased = result.Validation.Where(verdict => !verdict.IsOk)
            .Select(verdict => Labels.WorkingPoint(verdict.EpsilonB))
            .ToArray();
        var elsewhere = biased.Length == 0
            ? ""
            : $" Nothing is claimed at {string.Join(", ", biased)}, where the background estimate is not right or not to be trusted.";
        if (biased.Length == result.Validation.Count)
        {
            return "No excess is claimed: at no working point is the background estimate right and to be trusted.";
        }

        if (Headline.Of(result) is not { } headline)
        {
            return result.Windows.Any(window => window.ClaimWithheld is not null)
                ? "No excess is claimed: the tables speak against it, see the checks below."
                : result.Windows.Any(window => !window.MayClaim)
                ? "No excess is claimed: the sidebands contradict the templates, see below."
                : "No significance is defined: see the failures below.";
        }

        var (window, point) = headline.Quoted;
        var strength = point.Significance.Mean switch
        {
            >= Observation => "Excess above 5σ:",
            >= Evidence => "Excess above 3σ, below 5σ:",
            _ => "No excess above 3σ; the largest has",
        };
        var errors = result.HasStatisticalErrorsOnly ? " (statistical errors only)" : "";
        return $"{strength} S = {Significance(point)}{errors} in window {window.Number}, "
            + $"{result.Mass} {Numbers.Mass(window.Low)} - {Numbers.Mass(window.High)}, at {Labels.WorkingPoint(point.EpsilonB)}: "
            + $"{Numbers.Count(point.NObs.Mean)} events observed, {Numbers.Count(point.NExp.Mean)} expected."
            + Doubt(headline) + elsewhere;
    }

    /// <summary>Windows in which nothing is claimed because the sidebands contradict their template.</summary>
    public static IEnumerable<string> Contradicted(ScanResult result) =>
        from window in result.Windows
        where window.State == WindowState.TemplateFails
        select $"window {window.Number}, {Numbers.Mass(window.Low)} - {Numbers.Mass(window.High)}: no claim, its sidebands contradict the "
            + $"template ({window.State}): {window.Reason}";

    /// <summary>The verdict at one working point.</summary>
    /// <param name="at">The working point as it is written where the verdict stands.</param>
    public static string At(ScanResult result, ValidationResult verdict, int workingPoint, string at)
    {
        if (!verdict.IsOk)
        {
            var fault = verdict.Verdict == ValidationResult.NotTrusted
                ? "the shift cannot be trusted"
                : "the background estimate is biased";
            return $"{at}: no excess is claimed, {fault}: {verdict.Reason}";
        }

        if (result.Windows.FirstOrDefault(window => window.Number == verdict.LargestExcess) is not { } window)
        {
            return result.Windows.Any(other => !other.MayClaim)
                ? $"{at}: no excess is claimed, {verdict.Reason}"
                : $"{at}: no significance is defined: {verdict.Reason}";
        }

        var point = window.WorkingPoints[workingPoint];
        var where = $"in window {window.Number}, {Numbers.Mass(window.Low)} - {Numbers.Mass(window.High)}";
        if (!IsExcess(point))
        {
            return $"{at}: no excess above 3σ; the largest S is {Significance(point)}, {where}; {verdict.Reason}";
        }

        var flags = Flags.Mattering(point);
        return $"{at}: largest excess {where}: S = {Significance(point)}"
            + PValues.Local(point)
            + (flags.Count == 0 ? "" : $", flagged {string.Join(", ", flags)}")
            + $"; {verdict.Reason}";
    }

    private static string Significance(WorkingPointResult point) =>
        Numbers.Significance(point.Significance.Mean, point.Significance.Std);

    // What must be known beside the number that is quoted.
    private static string Doubt(Headline headline)
    {
        static string Reasons(QuotedPoint quoted) => string.Join("; ", Flags.Mattering(quoted.Point).Select(Flags.Words));

        if (headline.Larger is { } larger)
        {
            return $" Larger, but flagged: S = {Significance(larger.Point)} in window {larger.Window.Number} "
                + $"at {Labels.WorkingPoint(larger.Point.EpsilonB)} ({Reasons(larger)}).";
        }

        return headline.Quoted.IsFlagged
            ? $" It is flagged ({Reasons(headline.Quoted)}), and "
                + (headline.HasClean ? "no point without a flag is above 3σ." : "so is every other point.")
            : "";
    }
}
