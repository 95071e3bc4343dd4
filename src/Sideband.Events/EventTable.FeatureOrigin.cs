namespace Sideband.Events;

/// <content>Where feature vectors were taken from: what is known of all of them need not be found out again for some.</content>
public sealed partial class EventTable
{
    /// <summary>
    /// The table that feature vectors were taken from, as they stand there, and the place of each (<see cref="FeatureRows"/>); null where
    /// nobody asked for it (<see cref="WithFeatureRows"/>), or where the vectors come from several tables or were changed. What was made of
    /// that table's features once, such as their order, holds for all tables of them.
    /// </summary>
    public EventTable? FeatureOrigin => _columns.Origin?.Table;

    /// <summary>Place of each event's feature vector in <see cref="FeatureOrigin"/>; empty where there is none.</summary>
    public ReadOnlySpan<int> FeatureRows => _columns.Origin is { } origin ? origin.Rows.Span : default;

    /// <summary>The same events; what is made of them knows the place of each feature vector in this table.</summary>
    public EventTable WithFeatureRows() =>
        With(_columns with { Origin = new Events.FeatureRows(this, Enumerable.Range(0, Count).ToArray()) }, IsCanonical);
}

/// <summary>Places of feature vectors in the table that they were taken from.</summary>
internal sealed record FeatureRows(EventTable Table, ReadOnlyMemory<int> Rows);
