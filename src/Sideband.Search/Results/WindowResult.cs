using System.Text.Json.Serialization;

namespace Sideband.Search.Results;

/// <summary>One window.</summary>
/// <param name="Events">N_SR.</param>
/// <param name="TemplateEvents">N_BT, distinct template events.</param>
/// <param name="SumW">Sum of the template's weights.</param>
/// <param name="SumW2">Sum of the squares of the template's weights.</param>
public sealed record WindowResult(
    int Number,
    double Low,
    double High,
    int Events,
    int TemplateEvents,
    double SumW,
    double SumW2,
    IReadOnlyList<WorkingPointResult> WorkingPoints)
{
    /// <summary>
    /// Largest weight of a template event, in units of the mean weight; null where the template's weights are not known, as in a blind
    /// search with a method that makes them. What the template is worth is sum_w^2/sum_w2 events.
    /// </summary>
    public double? LargestWeight { get; init; }

    /// <summary>Why no excess is claimed in this window, whatever its significance; null where one may be.</summary>
    public string? ClaimWithheld { get; init; }

    /// <summary>
    /// "ok"; "template_fails" where the sidebands contradict the template of a run: its folds are not trained and nothing is claimed in
    /// this window; "not_judged" where nothing was compared with the sidebands, or could not be in some run.
    /// </summary>
    public string State { get; init; } = WindowState.NotJudged;

    /// <summary>Why the state is not "ok", by run.</summary>
    public string? Reason { get; init; }

    /// <summary>Why nothing is claimed in this window, whatever its numbers; null where something may be.</summary>
    [JsonIgnore]
    public string? NoClaim => Against(ClaimWithheld, State, Reason);

    /// <summary>True where an excess in this window may be claimed: only then it has p-values, an observed limit and a workspace.</summary>
    [JsonIgnore]
    public bool MayClaim => NoClaim is null;

    /// <summary>What <see cref="NoClaim"/> is made of.</summary>
    internal static string? Against(string? withheld, string state, string? reason) =>
        withheld ?? (state == WindowState.TemplateFails ? $"{WindowState.TemplateFails}: {reason}" : null);
}

/// <summary>The states of a window.</summary>
public static class WindowState
{
    public const string Ok = "ok";
    public const string TemplateFails = "template_fails";
    public const string NotJudged = "not_judged";
}

/// <summary>One window at one working point.</summary>
public sealed record WorkingPointResult
{
    /// <summary>The background efficiency asked for.</summary>
    public required double EpsilonB { get; init; }

    /// <summary>N_BT,pass / N_BT, mean over the runs.</summary>
    public required double? EpsilonBEffective { get; init; }

    /// <summary>Those of <see cref="PointFlag"/>.</summary>
    public required IReadOnlyList<string> Flags { get; init; }

    public required RunValues NObs { get; init; }

    public required RunValues NExp { get; init; }

    public required RunValues NTemplatePass { get; init; }

    public required double? DeltaSys { get; init; }

    /// <summary>Relative.</summary>
    public required double? SigmaSys { get; init; }

    /// <summary>Relative; mean over the runs.</summary>
    public required double? SigmaStat { get; init; }

    /// <summary>Relative; mean over the runs.</summary>
    public required double? SigmaExp { get; init; }

    /// <summary>Signed.</summary>
    public required RunValues Significance { get; init; }

    /// <summary>
    /// Of the mean significance; one-sided, 1e-300 where it is below that. Null also where nothing is claimed
    /// (<see cref="WindowResult.NoClaim"/>).
    /// </summary>
    public required double? PLocal { get; init; }

    public string PLocalKind { get; init; } = "asymptotic_uncalibrated";

    /// <summary>The p-value from experiments; null until calibrated.</summary>
    public CalibratedPValueResult? PLocalCalibrated { get; init; }

    /// <summary>This S among the largest of each experiment: corrected for all windows and working points; null until calibrated.</summary>
    public CalibratedPValueResult? PGlobal { get; init; }

    /// <summary>Variance of the statistical significance over experiments without signal; null until calibrated.</summary>
    public KappaResult? Kappa { get; init; }

    /// <summary>Blind searches: the smallest N_obs that would give 3 and 5 sigma.</summary>
    public RequiredCounts? RequiredNObs { get; init; }

    /// <summary>Why a number of this working point is null.</summary>
    public required string? Reason { get; init; }
}

/// <summary>The smallest N_obs that would give 3 and 5 sigma.</summary>
public sealed record RequiredCounts(long? ThreeSigma, long? FiveSigma);

/// <summary>A number of each run, with mean and standard deviation (ddof 1; null for one run) over the runs where it is defined.</summary>
public sealed record RunValues(double? Mean, double? Std, IReadOnlyList<double?> Runs, string? Reason);
