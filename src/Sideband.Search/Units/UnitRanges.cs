namespace Sideband.Search.Units;

/// <summary>Numbers of units as they are typed and shown.</summary>
public static class UnitRanges
{
    private const int MostShown = 4;

    /// <summary>Units without gaps between their numbers, from the first to the last.</summary>
    /// <param name="units">In plan order.</param>
    public static IReadOnlyList<(int First, int Last)> Of(IEnumerable<WorkUnit> units)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var unit in units)
        {
            if (ranges.Count > 0 && ranges[^1].Last == unit.Index - 1)
            {
                ranges[^1] = (ranges[^1].First, unit.Index);
            }
            else
            {
                ranges.Add((unit.Index, unit.Index));
            }
        }

        return ranges;
    }

    /// <summary>For example <c>units 1-4, 9, 16-30</c>; of many ranges the first and how many more there are.</summary>
    /// <param name="units">At least one, in plan order.</param>
    public static string Words(IReadOnlyList<WorkUnit> units)
    {
        var ranges = Of(units);
        var shown = string.Join(", ", ranges.Take(MostShown).Select(range => range.First == range.Last
            ? FormattableString.Invariant($"{range.First}")
            : FormattableString.Invariant($"{range.First}-{range.Last}")));
        return $"{(units.Count == 1 ? "unit" : "units")} {shown}"
            + (ranges.Count > MostShown ? FormattableString.Invariant($" and {ranges.Count - MostShown} ranges more") : "");
    }
}
