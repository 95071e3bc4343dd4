namespace Sideband.Events;

/// <content>Where feature vectors were taken from: what is known of all of them need not be found out again for some.</content>
public sealed partial class EventTable
{
    /// <summary>
    /// The table that feature vectors were taken from, as they stand there, and the place of each (<see cref="FeatureRows"/>); null where
    /// nobody asked for it (<see cref="WithFeatureRows"/>), or where the vectors come from several tables or were changed. What was made of
    /// that table's features once, such as their order, holds for all tables of them.
    /// </summary>
    public EventTable? FeatureOrigin => Origin.Table;

    /// <summary>Place of each event's feature vector in <see cref="FeatureOrigin"/>; empty where there is none.</summary>
    public ReadOnlySpan<int> FeatureRows => Origin.Rows;

    private (EventTable? Table, int[] Rows) Origin { get; init; } = (null, []);

    /// <summary>The same events; what is made of them knows the place of each feature vector in this table.</summary>
    public EventTable WithFeatureRows() =>
        new(MassName, _mass, FeatureNames, _features, Sources, _sourceIndex, _rows, _labels, _weights, _identity.Value)
        {
            IsCanonical = IsCanonical,
            Origin = (this, [.. Enumerable.Range(0, Count)]),
        };
}
