using Sideband.Inference.Metrics;

namespace Sideband.Inference.Counting;

/// <summary>
/// May an excess be claimed on an expectation with this shift? Judged at one working point from delta_sys alone, before any signal-region
/// event is looked at.
/// </summary>
/// <remarks>
/// Nothing is claimed where
/// <list type="number">
/// <item>N_exp = eps_B N_SR (1 + delta_sys) is above N_SR: more events are expected to pass than there are;</item>
/// <item>|delta_sys| is above <see cref="OrderOne"/> by more than two of its uncertainties: the template misses as much as it foretells,
/// and what is left is an extrapolation of its fault;</item>
/// <item>windows differ by more than counting makes and sigma_sys holds: with s and s_stat of n_ind independent windows,
/// (n_ind - 1) s^2/s_stat^2 is a chi2 with n_ind - 1 degrees of freedom; its tail is below <see cref="Level"/> and the excess
/// sqrt(s^2 - s_stat^2)/(1 + delta_sys) is above sigma_sys. Rule spread holds it by construction.</item>
/// </list>
/// </remarks>
public static class ShiftVerdict
{
    /// <summary>A shift of order one: as many background events again as the template foretells pass.</summary>
    public const double OrderOne = 1;

    /// <summary>Probability below which windows differ by more than counting errors.</summary>
    public const double Level = 1e-3;

    private const double Uncertainties = 2;

    /// <summary>Why nothing may be claimed, in words; null where there is nothing against it, or no shift.</summary>
    /// <param name="epsilon">eps_B asked for.</param>
    /// <param name="shift">The shift that enters N_exp.</param>
    /// <param name="sigma">sigma_sys, relative to N_exp.</param>
    public static string? Against(double epsilon, SystematicShift shift, double? sigma)
    {
        if (shift.Mean.Value is not { } delta)
        {
            return null;
        }

        if (epsilon * (1 + delta) > 1)
        {
            return FormattableString.Invariant($"delta_sys = {delta:+0.00;-0.00} expects more events to pass than there are");
        }

        // Where the larger of two estimates was taken, what the other one says against the template counts as much.
        SystematicShift[] estimates = shift.Other is { } other ? [shift, other] : [shift];
        return estimates.Select(OrderOneOf).FirstOrDefault(reason => reason is not null)
            ?? estimates.Select(estimate => Beyond(estimate, 1 + delta, sigma)).FirstOrDefault(reason => reason is not null);
    }

    private static string? OrderOneOf(SystematicShift estimate)
    {
        var (delta, uncertainty) = (estimate.Mean.Value ?? 0, estimate.Uncertainty.Value ?? 0);
        return Math.Abs(delta) - (Uncertainties * uncertainty) > OrderOne
            ? FormattableString.Invariant(
                $"delta_sys = {delta:+0.00;-0.00} +- {uncertainty:0.00} is of order one: the template does not describe the background")
            : null;
    }

    private static string? Beyond(SystematicShift estimate, double expected, double? sigma) =>
        sigma is { } held && Excess(estimate) is { } excess && excess / expected > held
            ? FormattableString.Invariant(
                $"delta_sys differs from window to window by {excess / expected:0.00} beyond its counting errors, ")
                + FormattableString.Invariant($"more than sigma_sys = {held:0.00}")
            : null;

    /// <summary>sqrt(s^2 - s_stat^2) where it is significant.</summary>
    private static double? Excess(SystematicShift shift)
    {
        if (shift.Spread.Value is not ({ } s and > 0) || shift.Uncertainty.Value is not ({ } error and > 0)
            || shift.ExcessVariance.Value is not ({ } excess and > 0) || excess >= s * s)
        {
            return null;
        }

        var degrees = Math.Max(1, (int)Math.Round((s * s / (error * error)) - 1));
        return ChiSquared.UpperTail(degrees * s * s / ((s * s) - excess), degrees) < Level ? Math.Sqrt(excess) : null;
    }
}
