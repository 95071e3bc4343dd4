namespace Sideband.Events;

/// <summary>Places of feature vectors in the table that they were taken from.</summary>
internal sealed record FeatureRows(EventTable Table, ReadOnlyMemory<int> Rows);
