namespace Sideband.Events.Readers;

/// <summary>Where a file holds arrays of several lengths: which of them are a table's columns.</summary>
internal static class TableLength
{
    /// <summary>The greatest length that two arrays or more share; where none do, the greatest.</summary>
    /// <param name="lengths">One entry a vector.</param>
    public static long Of(IReadOnlyList<long> lengths) => lengths
        .GroupBy(length => length)
        .OrderByDescending(group => group.Count() > 1)
        .ThenByDescending(group => group.Key)
        .FirstOrDefault()?.Key ?? 0;

    /// <summary>What is said of an array of another length.</summary>
    public static string Reason(string type, long length, long rows) => $"{type}, {length} rows where the table has {rows}";
}
