using Sideband.Events;
using Sideband.Learning.Boosting;

namespace Sideband.Search.Work;

/// <summary>
/// One window of one sample, sorted once for all folds and members (and runs, where the template is given): the region's data, the
/// template and, where a method has one of its own, the target sample, one after the other as rows of the same columns.
/// </summary>
public sealed class WindowSample
{
    private readonly Lazy<SortedColumns> _sorted;

    public WindowSample(RunSample sample)
    {
        Sample = sample;
        Columns = ColumnsOf(sample.Data, sample.Template.Events, sample.Template.Target);
        _sorted = new Lazy<SortedColumns>(() => SortedColumns.Of(Columns));
        Weights = WeightsOf(sample.Data, sample.Template.Events, sample.Template.Target);
    }

    /// <summary>Data: the first rows. Template: the rows behind them. Target: the last rows.</summary>
    public RunSample Sample { get; }

    /// <summary>[feature][row].</summary>
    public float[][] Columns { get; }

    /// <summary>The same in ascending order, for the members' bins.</summary>
    public SortedColumns Sorted => _sorted.Value;

    /// <summary>Weight of each row; empty where all are 1.</summary>
    public float[] Weights { get; }

    /// <summary>[feature][event] of tables one after the other.</summary>
    public static float[][] ColumnsOf(params ReadOnlySpan<EventTable?> tables)
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

    private static float[] WeightsOf(params EventTable?[] tables) =>
        tables.Any(table => table?.HasWeights == true)
            ? [.. tables.SelectMany(table => table is null ? [] : table.HasWeights ? table.Weights.ToArray().Select(w => (float)w) : Enumerable.Repeat(1f, table.Count))]
            : [];
}
