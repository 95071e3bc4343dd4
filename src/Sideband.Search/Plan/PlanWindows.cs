using Sideband.Events;
using Sideband.Search.Settings;
using Sideband.Search.Systematics;

namespace Sideband.Search.Plan;

/// <summary>The windows of each sample.</summary>
/// <param name="Searched">The windows that are looked at for an excess.</param>
/// <param name="ForShift">Windows that delta_sys is averaged over.</param>
/// <param name="Scored">Per sample the windows whose events are scored; none for samples that no estimate needs.</param>
public sealed record PlanWindows(
    IReadOnlyList<MassWindow> Searched,
    IReadOnlyList<MassWindow> ForShift,
    IReadOnlyDictionary<ChainSample, IReadOnlyList<MassWindow>> Scored)
{
    public static PlanWindows Of(SearchSettings settings)
    {
        var (searched, grid, estimate) = (settings.Windows.Windows, settings.EffectiveDeltaSysWindows.Windows, settings.Estimate);
        MassWindow[] extra = estimate.ScoresDataEverywhere
            ? [.. grid.Where(window => searched.All(other => other.SignalRegion != window.SignalRegion))]
            : [];
        var scored = estimate.Samples.ToDictionary(
            sample => sample,
            sample => (IReadOnlyList<MassWindow>)[.. grid.Select(window => sample.InPlaceOf(window, settings.SidebandWidth))]);
        scored[ChainSample.Data] = [.. searched, .. extra];
        return new PlanWindows(searched, grid, scored);
    }

    public IReadOnlyList<MassWindow> Of(ChainSample sample) => Scored.GetValueOrDefault(sample, []);
}
