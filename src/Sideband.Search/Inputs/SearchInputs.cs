using Sideband.Events;
using Sideband.Search.Results;

namespace Sideband.Search.Inputs;

/// <summary>The events of a search by role, loaded, filtered and injected.</summary>
/// <param name="Data">The searched events, injected ones last.</param>
/// <param name="MonteCarlo">Pseudo-data, or null.</param>
/// <param name="IdealBackground">Background of the data's own distribution, or null.</param>
/// <param name="Signal">Signal for the supervised reference, or null.</param>
/// <param name="Test">Labelled events that are never trained on, or null.</param>
/// <param name="Accounts">What was read, used, dropped and repaired, one entry a file.</param>
/// <param name="Warnings">One line each.</param>
public sealed record SearchInputs(
    EventTable Data,
    EventTable? MonteCarlo,
    EventTable? IdealBackground,
    EventTable? Signal,
    EventTable? Test,
    IReadOnlyList<InputResult> Accounts,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Every role that holds events, with its table.</summary>
    public IEnumerable<(string Role, EventTable Events)> Roles()
    {
        yield return ("data", Data);
        foreach (var (role, events) in new[] { ("mc", MonteCarlo), ("ideal_background", IdealBackground), ("signal", Signal), ("test", Test) })
        {
            if (events is not null)
            {
                yield return (role, events);
            }
        }
    }
}
