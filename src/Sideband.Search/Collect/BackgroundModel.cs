using Sideband.Inference.Counting;
using Sideband.Search.Settings;
using Sideband.Search.Systematics;

namespace Sideband.Search.Collect;

/// <summary>delta_sys and the rule for sigma_sys at every background efficiency, the same for all windows.</summary>
/// <param name="Shifts">delta_sys.</param>
/// <param name="Rules">How sigma_sys follows.</param>
internal sealed record BackgroundModel(IReadOnlyList<SystematicShift> Shifts, IReadOnlyList<SigmaSystematicRule> Rules)
{
    /// <param name="settings">The rule; fixed numbers hold at the working points, the curves behind them take the paper's rule.</param>
    /// <param name="estimate">The estimate that the search uses.</param>
    public static BackgroundModel Of(SearchSettings settings, EstimatedShift estimate) => new(
        estimate.Shifts,
        [.. estimate.Shifts.Select((_, e) => settings.SigmaSys.Source switch
        {
            SigmaSystematicSource.Spread => SigmaSystematicRule.Spread,
            SigmaSystematicSource.Fixed when e < settings.SigmaSys.Fixed.Count => SigmaSystematicRule.Fixed(settings.SigmaSys.Fixed[e]),
            _ => SigmaSystematicRule.Paper,
        })]);
}
