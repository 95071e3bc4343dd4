using Sideband.Events;
using Sideband.Learning.Boosting;
using Sideband.Templates;

namespace Sideband.Search.Work;

/// <summary>
/// One window of one sample, sorted once for all runs, folds and members: the signal-region data, the template and, where a
/// method has one of its own, the target sample, one after the other as rows of the same columns.
/// </summary>
public sealed class WindowSample
{
    public WindowSample(MassWindow window, TemplateInputs inputs, ITemplateMethod method)
    {
        Window = window;
        Data = inputs.Data.Select(inputs.Data.IndicesIn(window.SignalRegion));
        var samples = method.Prepare(inputs, window);
        (Template, Target) = (samples.Template, samples.Target);
        Columns = ColumnsOf(Data, Template, Target);
        Sorted = SortedColumns.Of(Columns);
        Weights = WeightsOf(Data, Template, Target);
    }

    public MassWindow Window { get; }

    /// <summary>The sample's events in the signal region: the first rows.</summary>
    public EventTable Data { get; }

    /// <summary>The background template: the rows behind <see cref="Data"/>.</summary>
    public EventTable Template { get; }

    /// <summary>Class 1 where it is not the data: the last rows.</summary>
    public EventTable? Target { get; }

    /// <summary>[feature][row].</summary>
    public float[][] Columns { get; }

    /// <summary>The same in ascending order, for the members' bins.</summary>
    public SortedColumns Sorted { get; }

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
