using Sideband.Events;
using Sideband.Learning.Boosting;

namespace Sideband.Templates.Scoring;

/// <summary>
/// What the folds of one window are trained on, sorted once for all folds and members: the region's data, the template and, where a
/// method has one of its own, the target sample, one after the other as rows of the same columns.
/// </summary>
internal sealed class TrainingMatrix
{
    private readonly Lazy<float[][]> _columns;
    private readonly Lazy<SortedColumns> _sorted;

    public TrainingMatrix(ScoredView region, BackgroundTemplate template, double[]? weights = null)
    {
        (Region, Template) = (region, template);
        _columns = new Lazy<float[][]>(() => EventColumns.Of(region.Events, template.Events, template.Target));
        _sorted = new Lazy<SortedColumns>(
            () => SharedColumns.Of(region.Events, template.Events, template.Target)
                ?? SortedColumns.OfParts(EventColumns.PartsOf(region.Events, template.Events, template.Target)));
        Weights = weights ?? WeightsOf(region.Events, template.Events, template.Target);
    }

    /// <summary>The first rows.</summary>
    public ScoredView Region { get; }

    /// <summary>The rows behind them; its target the last rows.</summary>
    public BackgroundTemplate Template { get; }

    /// <summary>[feature][row]: a copy, made where it is asked for.</summary>
    public float[][] Columns => _columns.Value;

    /// <summary>The same in ascending order, for the members' bins.</summary>
    public SortedColumns Sorted => _sorted.Value;

    /// <summary>Weight of each row; empty where all are 1.</summary>
    public double[] Weights { get; }

    /// <summary>Weights of the events of some tables, one after the other; empty where all are 1.</summary>
    public static double[] WeightsOf(params ReadOnlySpan<EventTable?> tables)
    {
        var (count, isWeighted) = (0, false);
        foreach (var table in tables)
        {
            count += table?.Count ?? 0;
            isWeighted |= table?.HasWeights == true;
        }

        if (!isWeighted)
        {
            return [];
        }

        var weights = new double[count];
        Array.Fill(weights, 1);
        var first = 0;
        foreach (var table in tables)
        {
            table?.Weights.CopyTo(weights.AsSpan(first));
            first += table?.Count ?? 0;
        }

        return weights;
    }
}
