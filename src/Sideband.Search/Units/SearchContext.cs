using System.Collections.Concurrent;
using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Search.Experiments;
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
    private readonly ConcurrentDictionary<Experiment, Lazy<EventTable>> _experiments = new();
    private readonly ConcurrentDictionary<bool, Lazy<EventTable?>> _halves = new();
    private readonly ConcurrentDictionary<(int, int), FoldAssignment> _folds = new();

    /// <param name="settings">The complete settings.</param>
    /// <param name="inputs">The loaded events.</param>
    /// <param name="densities">Trains and loads the densities.</param>
    /// <exception cref="ConfigurationException">An option of the method that is not allowed.</exception>
    public SearchContext(SearchSettings settings, SearchInputs inputs, IDensityEngine densities)
    {
        (Settings, Inputs) = (settings, inputs);
        Options = OptionSet.Of(settings, inputs.Data.FeatureNames.Count, densities);
    }

    public SearchSettings Settings { get; }

    public SearchInputs Inputs { get; }

    internal OptionSet Options { get; }

    /// <summary>The events of a role as a sample of an experiment sees them; null where there are none.</summary>
    /// <param name="experiment">The search, or another.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="role">The role.</param>
    /// <param name="density">Reads what events are drawn from (<see cref="ExperimentSource.DensityWithout"/>).</param>
    internal EventTable? Events(
        Experiment experiment, ChainSample sample, InputRole role, Func<IConditionalDensity>? density = null)
    {
        var source = role == InputRole.Searched ? sample.Source : role;
        return source == InputRole.Data && !experiment.IsSearch ? EventsOf(experiment, density)
            : source == InputRole.Simulation && sample.IsDistorted ? Half(second: role == InputRole.Searched)
            : Inputs.Tables.GetValueOrDefault(source);
    }

    /// <summary>
    /// Tells whether the events of a role are the same, by what they are and not by where they come from; for the events of an experiment
    /// by what they are made from.
    /// </summary>
    internal string Fingerprint(Experiment experiment, ChainSample sample, InputRole role)
    {
        var source = role == InputRole.Searched ? sample.Source : role;
        return source == InputRole.Data && !experiment.IsSearch
            ? Fingerprint(experiment.Source)
            : Fingerprint(source) + (source == InputRole.Simulation && sample.IsDistorted
                ? role == InputRole.Searched ? " second half" : " first half"
                : "");
    }

    /// <summary>Every event's fold in a run.</summary>
    internal FoldAssignment FoldsOf(int run, int folds) =>
        _folds.GetOrAdd((run, folds), asked => new FoldAssignment(Settings.Seed, asked.Item1, asked.Item2));

    /// <summary>Lets go of an experiment's events, which are made again when a unit asks for them.</summary>
    internal void Release(Experiment experiment) => _experiments.TryRemove(experiment, out _);

    private EventTable? Half(bool second) => _halves.GetOrAdd(second, half => new Lazy<EventTable?>(() =>
        Inputs.Tables.TryGetValue(InputRole.Simulation, out var simulation) ? SimulationHalves.Of(simulation, half) : null)).Value;

    private string Fingerprint(ExperimentSource source) =>
        $"{source.GetType().Name} {Canonical.Text(source)} of {string.Join(' ', source.Origins.Select(Fingerprint))}"
        + $" in {Canonical.Text(Inputs.Data.FeatureNames.Prepend(Inputs.Data.MassName))}";

    private string Fingerprint(InputRole role) =>
        _fingerprints.GetOrAdd(role, source => Inputs.Tables.TryGetValue(source, out var events) ? events.Fingerprint() : "none");

    private EventTable EventsOf(Experiment experiment, Func<IConditionalDensity>? density) =>
        _experiments.GetOrAdd(experiment, made => new Lazy<EventTable>(() =>
        {
            EventTable Inputs(InputRole role) => this.Inputs.Tables.GetValueOrDefault(role)
                ?? throw new ConfigurationException($"experiments: no events of role {role}");

            RandomStream Stream(string name) => RandomStream.For(Settings.Seed, made.Name, "source", name);

            return made.Source.DensityWithout is null || density is null
                ? made.Source.Events(Inputs, Stream)
                : made.Source.Events(Inputs, Stream, density());
        })).Value;
}
