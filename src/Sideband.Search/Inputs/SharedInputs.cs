using Sideband.Search.Settings;
using Sideband.Templates;

namespace Sideband.Search.Inputs;

/// <summary>The inputs of several searches: those that read the same events share one copy.</summary>
public sealed class SharedInputs
{
    // What InputLoader reads.
    private static readonly string[] Read =
    [
        "data", "background_only", "inject", "mc", "simulation", "ideal_background", "signal", "test",
        "mass", "features", "weight", "mass_range", "missing",
    ];

    private readonly List<(SearchSettings Settings, SearchInputs Inputs)> _loaded = [];

    /// <exception cref="Events.SidebandException">A file, column or value cannot be used.</exception>
    public SearchInputs Of(SearchSettings settings)
    {
        var (_, inputs) = _loaded.Find(other => AreSame(other.Settings, settings));
        if (inputs is null)
        {
            inputs = InputLoader.Load(settings);
            _loaded.Add((settings, inputs));
        }

        return inputs;
    }

    private static bool AreSame(SearchSettings first, SearchSettings second) =>
        !first.IsBuiltInExample
        && ReadsSignal(first) == ReadsSignal(second)
        && Read.Select(name => SettingKeys.ByName(name, nameof(SharedInputs))).All(key => key.Show(first) == key.Show(second));

    private static bool ReadsSignal(SearchSettings settings) =>
        settings.Method.PreparationReads.Roles.Contains(InputRole.Signal);
}
