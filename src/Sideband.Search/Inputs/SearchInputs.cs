using Sideband.Events;
using Sideband.Search.Checks;
using Sideband.Search.Results;
using Sideband.Templates;

namespace Sideband.Search.Inputs;

/// <summary>The events of a search by role, loaded, filtered and injected.</summary>
/// <param name="Tables">Events of every role that has some; <see cref="InputRole.Data"/> always.</param>
/// <param name="Accounts">What was read, used, dropped and repaired, one entry a file.</param>
/// <param name="Warnings">One line each.</param>
public sealed record SearchInputs(
    IReadOnlyDictionary<InputRole, EventTable> Tables, IReadOnlyList<InputResult> Accounts, IReadOnlyList<string> Warnings) : IMethodInputs
{
    /// <summary>What <c>--inject</c> added to the data, in canonical order; null where nothing was injected.</summary>
    public EventTable? Injected { get; init; }

    /// <summary>The searched events.</summary>
    public EventTable Data => Tables[InputRole.Data];

    /// <summary>Labelled events that are never trained on, or null.</summary>
    public EventTable? Test => Tables.GetValueOrDefault(InputRole.Test);

    /// <summary>From the roles that have events, in canonical order: null tables are left out.</summary>
    public static SearchInputs Of(
        IEnumerable<(InputRole Role, EventTable? Events)> tables, IReadOnlyList<InputResult> accounts, IReadOnlyList<string> warnings) =>
        new(
            tables.Where(entry => entry.Events is not null)
                .ToDictionary(entry => entry.Role, entry => ByEvent(entry.Events!.Canonical())),
            accounts,
            warnings);

    /// <summary>
    /// A table, in canonical order, whose events have an identity each, but for copies of one event: equal events of coarse columns are
    /// different ones.
    /// </summary>
    internal static EventTable ByEvent(EventTable events)
    {
        var apart = events.WithEqualEventsApart();
        return ReferenceEquals(apart, events) || CopyCheck.HasCopies(events) ? events : apart;
    }

    public bool Has(InputRole role) => Tables.ContainsKey(role);

    public bool HasWeights(InputRole role) => Tables.TryGetValue(role, out var events) && events.HasWeights;

    public bool HasNegativeWeights(InputRole role) =>
        Tables.TryGetValue(role, out var events) && events.Weights.ContainsAnyInRange(double.NegativeInfinity, -double.Epsilon);

    public bool HasLabels(InputRole role) => Tables.TryGetValue(role, out var events) && events.HasLabels;
}
