using Sideband.Events;

namespace Sideband.Templates.Scoring;

/// <summary>Feature columns of tables one after the other.</summary>
public static class EventColumns
{
    /// <returns>[feature][event]; null tables have no event.</returns>
    public static float[][] Of(params ReadOnlySpan<EventTable?> tables)
    {
        var features = tables[0]!.FeatureNames.Count;
        var columns = new float[features][];
        var rows = 0;
        foreach (var table in tables)
        {
            rows += table?.Count ?? 0;
        }

        for (var f = 0; f < features; f++)
        {
            var column = columns[f] = new float[rows];
            var start = 0;
            foreach (var table in tables)
            {
                if (table is not null)
                {
                    table.Feature(f).CopyTo(column.AsSpan(start));
                    start += table.Count;
                }
            }
        }

        return columns;
    }

    /// <summary>The same where it stands in memory.</summary>
    /// <returns>[feature][table]; null tables have no event.</returns>
    public static ReadOnlyMemory<float>[][] PartsOf(params EventTable?[] tables)
    {
        EventTable[] all = [.. tables.OfType<EventTable>()];
        return [.. Enumerable.Range(0, all[0].FeatureNames.Count).Select(f => Array.ConvertAll(all, table => table.Features[f]))];
    }
}
