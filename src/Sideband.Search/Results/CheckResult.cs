namespace Sideband.Search.Results;

/// <summary>What one check of the tables found before any training.</summary>
/// <param name="Check">
/// "copies" and "features" (per role), "masses" (per role of several files, and of injected signal), "mass_correlation" (per feature),
/// "mass_dependence", "background_likeness" and "spectrum" (per window), "missing" (per window where a feature is so).
/// </param>
/// <param name="Role">The table that was looked at: data, mc, simulation, ideal_background, signal or test; inject.</param>
/// <param name="Window">The searched window's number; null where all are meant.</param>
/// <param name="Feature">The feature, of several the one that is furthest off; null where none is meant.</param>
/// <param name="Value">What was measured, as <paramref name="Reason"/> says.</param>
/// <param name="Limit">What it must exceed, in size, to be more than "ok"; null where there is no limit of size.</param>
/// <param name="Deviations">How many standard errors the value is off; null where this is not asked.</param>
/// <param name="Outcome">"ok", "warning", or "no_claim": an excess in the window is not claimed.</param>
/// <param name="Reason">In words, with the numbers.</param>
public sealed record CheckResult(
    string Check,
    string Role,
    int? Window,
    string? Feature,
    double? Value,
    double? Limit,
    double? Deviations,
    string Outcome,
    string Reason)
{
    public const string Ok = "ok", Warning = "warning", NoClaim = "no_claim";
}

/// <summary>All events of one role.</summary>
/// <param name="Events">Number of events, of all files.</param>
/// <param name="SumW">Sum of weights.</param>
/// <param name="NegativeWeight">Sum of |w| of the negative weights over the sum of all |w|, in [0, 1].</param>
/// <param name="EffectiveEvents">(sum w)^2/sum w^2: unweighted events with the same relative error of their number.</param>
/// <param name="CountVariance">
/// Variance of a count of these events over its mean: 1, and above 1 where events are copies of each other.
/// </param>
public sealed record RoleResult(
    string Role, long Events, double SumW, double NegativeWeight, double EffectiveEvents, double CountVariance);
