using Sideband.Events;
using Sideband.Search.Settings;

namespace Sideband.Search.Plan;

/// <summary>The windows of each sample.</summary>
/// <param name="Data">The searched windows and, behind them, those that delta_sys from labels adds.</param>
/// <param name="MonteCarlo">Windows of the pseudo-data; empty where delta_sys does not come from there.</param>
/// <param name="Sideband">Windows whose sidebands are a test of the template; empty likewise.</param>
public sealed record PlanWindows(IReadOnlyList<MassWindow> Data, IReadOnlyList<MassWindow> MonteCarlo, IReadOnlyList<MassWindow> Sideband)
{
    public static PlanWindows Of(SearchSettings settings)
    {
        var searched = settings.Windows.Windows;
        var grid = settings.EffectiveDeltaSysWindows.Windows;
        var source = settings.EffectiveSystematics;
        MassWindow[] extra = source == SystematicsSource.Labels
            ? [.. grid.Where(window => searched.All(other => other.SignalRegion != window.SignalRegion))]
            : [];
        return new PlanWindows(
            [.. searched, .. extra],
            source is SystematicsSource.MonteCarlo or SystematicsSource.MonteCarloAndSideband ? [.. grid] : [],
            source is SystematicsSource.Sideband or SystematicsSource.MonteCarloAndSideband ? [.. grid] : []);
    }

    public IReadOnlyList<MassWindow> Of(SampleRole sample) => sample switch
    {
        SampleRole.Data => Data,
        SampleRole.MonteCarlo => MonteCarlo,
        _ => Sideband,
    };
}
