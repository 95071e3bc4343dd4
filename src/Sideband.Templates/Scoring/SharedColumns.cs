using System.Runtime.CompilerServices;
using Sideband.Events;
using Sideband.Learning.Boosting;

namespace Sideband.Templates.Scoring;

/// <summary>
/// Sorted columns of tables whose feature vectors were taken from one table (<see cref="EventTable.FeatureOrigin"/>): that one is sorted
/// once, and theirs follow in linear time. So all permutations of a window, or of all windows, share one sorting. The columns live as long
/// as the table.
/// </summary>
internal static class SharedColumns
{
    private static readonly ConditionalWeakTable<EventTable, Lazy<SortedColumns>> Sorted = [];

    /// <summary>
    /// The columns of tables one after the other, as <see cref="EventColumns.Of"/> has them; null where they share nothing.
    /// </summary>
    /// <param name="tables">Null tables have no event.</param>
    public static SortedColumns? Of(params ReadOnlySpan<EventTable?> tables)
    {
        var origin = tables[0]!.FeatureOrigin;
        var rows = new List<int>();
        foreach (var table in tables)
        {
            if (origin is null || (table is not null && !ReferenceEquals(table.FeatureOrigin, origin)))
            {
                return null;
            }

            rows.AddRange(table is null ? [] : table.FeatureRows);
        }

        // A table that has one event twice must be sorted by itself.
        int[] all = [.. rows];
        return HasCopies(all, origin!.Count) ? null : OfTable(origin).Select(all);
    }

    private static SortedColumns OfTable(EventTable table) => Sorted.GetValue(
        table, made => new Lazy<SortedColumns>(() => SortedColumns.Of(EventColumns.Of(made)))).Value;

    private static bool HasCopies(int[] rows, int count)
    {
        var seen = new bool[count];
        foreach (var row in rows)
        {
            if (seen[row])
            {
                return true;
            }

            seen[row] = true;
        }

        return false;
    }
}
