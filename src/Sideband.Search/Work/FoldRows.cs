using Sideband.Events;

namespace Sideband.Search.Work;

/// <summary>The rows of a window's matrix that a fold trains on and is tested on.</summary>
/// <param name="Training">Rows of both classes outside the fold.</param>
/// <param name="Labels">Class of every row of the matrix: 1 target (by default the data), 0 template.</param>
/// <param name="TestData">Rows of the fold's data.</param>
/// <param name="TestTemplate">Rows of the fold's template events.</param>
internal sealed record FoldRows(int[] Training, byte[] Labels, int[] TestData, int[] TestTemplate)
{
    /// <param name="sample">The window.</param>
    /// <param name="folds">The run's folds.</param>
    /// <param name="fold">From 0.</param>
    public static FoldRows Of(WindowSample sample, FoldAssignment folds, int fold)
    {
        var (data, template, target) = (folds.Of(sample.Data), folds.Of(sample.Template), sample.Target is { } own ? folds.Of(own) : null);
        byte[] all = [.. data, .. template, .. target ?? []];
        var labels = new byte[all.Length];
        labels.AsSpan(target is null ? 0 : data.Length + template.Length, target?.Length ?? data.Length).Fill(1);

        // With a target of its own the data are scored, never trained on.
        var firstTrained = target is null ? 0 : data.Length;
        return new FoldRows(
            Rows(all, firstTrained, all.Length, row => all[row] != fold),
            labels,
            Rows(all, 0, data.Length, row => all[row] == fold),
            Rows(all, data.Length, data.Length + template.Length, row => all[row] == fold));
    }

    /// <summary>Weights of the template's events in a fold, in table order; empty where all are 1.</summary>
    public static double[] TestWeights(EventTable template, FoldAssignment folds, int fold)
    {
        if (!template.HasWeights)
        {
            return [];
        }

        var foldOf = folds.Of(template);
        return [.. Rows(foldOf, 0, foldOf.Length, row => foldOf[row] == fold).Select(row => template.Weights[row])];
    }

    private static int[] Rows(byte[] folds, int start, int end, Func<int, bool> wanted)
    {
        var rows = new List<int>(folds.Length);
        for (var row = start; row < end; row++)
        {
            if (wanted(row))
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }
}
