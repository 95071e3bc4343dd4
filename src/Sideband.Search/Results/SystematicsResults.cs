using System.Text.Json.Serialization;

namespace Sideband.Search.Results;

/// <summary>One estimate of delta_sys at one working point.</summary>
/// <param name="Estimate">"mc", "sideband", "mc+sideband" or "labels".</param>
/// <param name="Mean">delta_sys: mean over windows of the means over runs.</param>
/// <param name="Std">Standard deviation over the windows (ddof 1).</param>
/// <param name="Uncertainty">Standard error of <paramref name="Mean"/>, overlap of windows allowed for.</param>
public sealed record DeltaSysResult(
    double EpsilonB,
    string Estimate,
    double? Mean,
    double? Std,
    double? Uncertainty,
    IReadOnlyList<WindowDeltaSysResult> PerWindow,
    string? Reason);

/// <summary>delta_sys of one window.</summary>
/// <param name="Number">The window's number in its grid, which may be another than that of the searched windows.</param>
/// <param name="Low">Lower limit of the window.</param>
/// <param name="High">Upper limit.</param>
public sealed record WindowDeltaSysResult(
    int Number, double Low, double High, double? Mean, double? Std, IReadOnlyList<double?> Runs, string? Reason)
{
    /// <summary>
    /// What counting alone may move <see cref="Mean"/> by: the root of 1/(eps_B N_SR) + 1/(eps_B N_BT), mean over runs, which share the
    /// events. Null where the mean is, and in results of older versions.
    /// </summary>
    public double? StatisticalError { get; init; }
}

/// <summary>Whether delta_sys can be trusted, and the windows away from the largest excess agree with the background estimate.</summary>
/// <param name="Mean">Mean significance of those windows.</param>
/// <param name="Chi2">Sum of their squared significances.</param>
/// <param name="Windows">Their number.</param>
/// <param name="Verdict">"ok"; "background_estimate_biased"; "shift_not_trusted", of which the reason says why.</param>
/// <param name="LargestExcess">Number of the window with the largest excess; null where none is claimed.</param>
public sealed record ValidationResult(
    double EpsilonB,
    double? Mean,
    double? Chi2,
    int Windows,
    string Verdict,
    int? LargestExcess,
    string? Reason)
{
    public const string Ok = "ok", Biased = "background_estimate_biased", NotTrusted = "shift_not_trusted";

    /// <summary>True where nothing speaks against the background estimate at this working point.</summary>
    [JsonIgnore]
    public bool IsOk => Verdict == Ok;
}

/// <summary>Performance on the labelled test events of one window, each scored by every fold's classifier.</summary>
public sealed record TestMetricsResult(
    int Number,
    int Signal,
    int Background,
    double? Auc,
    IReadOnlyList<TestWorkingPointResult> WorkingPoints,
    double? MaxSic,
    double? MaxSicEpsilonB,
    string? Reason);

/// <summary>Signal efficiency and SIC = eps_S / sqrt(eps_B) of the test events at one background efficiency.</summary>
public sealed record TestWorkingPointResult(double EpsilonB, double? EpsilonS, double? Sic, string? Reason);
