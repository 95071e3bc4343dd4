using System.Collections.Concurrent;
using Sideband.Events;
using Sideband.Search.Inputs;
using Sideband.Search.Settings;
using Sideband.Search.Systematics;
using Sideband.Templates;
using Sideband.Templates.Learned;

namespace Sideband.Search.Units;

/// <summary>What every unit of a search shares: settings, options, inputs, and what trains densities.</summary>
public sealed class SearchContext
{
    private readonly ConcurrentDictionary<InputRole, string> _fingerprints = new();

    /// <param name="settings">The complete settings.</param>
    /// <param name="inputs">The loaded events.</param>
    /// <param name="densities">Trains and loads the densities.</param>
    /// <exception cref="ConfigurationException">An option of the method that is not allowed.</exception>
    public SearchContext(SearchSettings settings, SearchInputs inputs, IDensityEngine densities)
    {
        (Settings, Inputs, Densities) = (settings, inputs, densities);
        Options = OptionSet.Of(settings);
    }

    public SearchSettings Settings { get; }

    public SearchInputs Inputs { get; }

    public IDensityEngine Densities { get; }

    internal OptionSet Options { get; }

    /// <summary>The events of a role as a sample sees them; null where there are none.</summary>
    internal EventTable? Events(ChainSample sample, InputRole role) =>
        Inputs.Tables.GetValueOrDefault(role == InputRole.Searched ? sample.Source : role);

    /// <summary>Tells whether the events of a role are the same, by what they are and not by where they come from.</summary>
    internal string Fingerprint(ChainSample sample, InputRole role) => _fingerprints.GetOrAdd(
        role == InputRole.Searched ? sample.Source : role,
        source => Inputs.Tables.TryGetValue(source, out var events) ? events.Fingerprint() : "none");
}
