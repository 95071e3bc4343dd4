using Sideband.Search.Experiments;
using Sideband.Search.Systematics;
using Sideband.Templates.Stages;

namespace Sideband.Search.Units;

/// <summary>
/// Keys of work units: the hash of everything that a unit's result depends on, the events themselves included, so that a
/// result is found again by any search that would compute the same, and by no other.
/// </summary>
internal sealed class UnitKeys(SearchContext context)
{
    /// <summary>Changes whenever the same inputs would give another result.</summary>
    public const string EngineVersion = "10";

    private readonly Dictionary<IStage, string> _options = [];
    private readonly Dictionary<(IStage, ChainSample), string> _shared = [];
    private Experiment? _experiment;

    /// <param name="stage">What the unit does.</param>
    /// <param name="place">What it works on.</param>
    /// <param name="needs">The units that it reads.</param>
    public string Of(IStage stage, UnitPlace place, IReadOnlyList<WorkUnit> needs)
    {
        // Units come experiment by experiment; of thousands, only one's texts are held.
        if (!ReferenceEquals(place.Experiment, _experiment))
        {
            _shared.Clear();
            _experiment = place.Experiment;
        }

        var group = (stage, place.Sample);
        if (!_shared.TryGetValue(group, out var shared))
        {
            _shared[group] = shared = Shared(stage, place.Experiment, place.Sample);
        }

        return Canonical.Key(
            shared
            + string.Concat(needs.Select(unit => $"needs {unit.Stage.Name} {unit.Key}\n"))
            + string.Join('/', place.StreamPath));
    }

    private string Shared(IStage stage, Experiment experiment, ChainSample sample)
    {
        if (!_options.TryGetValue(stage, out var options))
        {
            _options[stage] = options = string.Concat(
                stage.Reads.Options.Select(type => $"option {type.Name} {Canonical.Text(context.Options[type])}\n")
                    .Order(StringComparer.Ordinal));
        }

        return FormattableString.Invariant($"engine {EngineVersion}\nseed {context.Settings.Seed}\n")
            + $"stage {stage.Identity} {stage.Name}\n"
            + (experiment.KeepsSpectra ? "every mass\n" : "")
            + string.Concat(stage.Reads.Roles
                .Select(role => $"events {role.Name} {context.Fingerprint(experiment, sample, role)}\n").Order(StringComparer.Ordinal))
            + options;
    }
}
