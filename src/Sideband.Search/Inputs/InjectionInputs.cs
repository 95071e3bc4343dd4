using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Settings;
using Sideband.Templates;

namespace Sideband.Search.Inputs;

/// <summary>The signal that experiments inject, beside the inputs that a search was begun with.</summary>
public static class InjectionInputs
{
    /// <summary>Adds the signal events of a file: those of label 1, or all where there are no labels.</summary>
    /// <param name="inputs">The search's.</param>
    /// <param name="settings">The search's.</param>
    /// <param name="signal">The file, with its rows.</param>
    /// <returns>The inputs, and the hash of the file.</returns>
    /// <exception cref="SidebandException">A file or column that cannot be used.</exception>
    public static (SearchInputs Inputs, string Sha256) Add(SearchInputs inputs, SearchSettings settings, EventFileSpec signal)
    {
        var columns = new ColumnRequest(settings.Mass, FeatureSets.Resolve(settings.Features), null, settings.Missing);
        var loaded = EventReader.Load(signal, columns, RowFilter.SignalIfLabelled);
        var events = settings.MassRange is { } range ? loaded.Events.In(range) : loaded.Events;
        var tables = new Dictionary<InputRole, EventTable>(inputs.Tables)
        {
            [InputRole.Injected] = SearchInputs.ByEvent(events.Labelled(1).Canonical()),
        };
        return (inputs with { Tables = tables }, loaded.Account.Sha256);
    }

    /// <summary>Adds the signal of a scan that was asked for before.</summary>
    /// <exception cref="ConfigurationException">Its file changed.</exception>
    public static SearchInputs Add(SearchInputs inputs, SearchSettings settings, InjectionRequest? request)
    {
        if (request?.Signal is not { } signal)
        {
            return inputs;
        }

        var (with, hash) = Add(inputs, settings, EventFileSpec.Parse(signal));
        return hash == request.SignalSha256
            ? with
            : throw new ConfigurationException(
                $"{signal}: changed since it was injected; put the old file back, or inject again with 'sideband inject'");
    }
}
