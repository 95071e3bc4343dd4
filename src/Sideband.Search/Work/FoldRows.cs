using Sideband.Events;

namespace Sideband.Search.Work;

/// <summary>The rows of a window's matrix that a fold trains on and is tested on.</summary>
/// <param name="Training">Rows of both classes: outside the fold, and all of a template that is not folded.</param>
/// <param name="Labels">Class of every row of the matrix: 1 target (by default the data), 0 template.</param>
/// <param name="TestData">Rows of the fold's data.</param>
/// <param name="TestTemplate">Rows of the fold's template events; none where the template is not folded.</param>
internal sealed record FoldRows(int[] Training, byte[] Labels, int[] TestData, int[] TestTemplate)
{
    private const byte NoFold = byte.MaxValue;

    /// <param name="sample">The window.</param>
    /// <param name="folds">The run's folds.</param>
    /// <param name="fold">From 0.</param>
    public static FoldRows Of(WindowSample sample, FoldAssignment folds, int fold)
    {
        var (template, target) = (sample.Sample.Template, sample.Sample.Template.Target is { } own ? folds.Of(own) : null);
        var data = folds.Of(sample.Sample.Data);
        byte[] all = [.. data, .. template.Folded ? folds.Of(template.Events) : Unfolded(template.Events.Count), .. target ?? []];
        var labels = new byte[all.Length];
        labels.AsSpan(target is null ? 0 : data.Length + template.Events.Count, target?.Length ?? data.Length).Fill(1);

        // With a target of its own the data are scored, never trained on; nor is an event without latent image.
        var firstTrained = target is null ? 0 : data.Length;
        return new FoldRows(
            Rows(all, firstTrained, all.Length, row => all[row] != fold && !(sample.Sample.IsMapped && float.IsNaN(sample.Columns[0][row]))),
            labels,
            Rows(all, 0, data.Length, row => all[row] == fold),
            Rows(all, data.Length, data.Length + template.Events.Count, row => all[row] == fold));
    }

    /// <summary>Weights of the events that set a fold's threshold, in table order; empty where all are 1.</summary>
    public static double[] ThresholdWeights(RunSample sample, FoldAssignment folds, int fold)
    {
        var events = sample.ThresholdEvents;
        if (!events.HasWeights)
        {
            return [];
        }

        var foldOf = folds.Of(events);
        return [.. Rows(foldOf, 0, foldOf.Length, row => foldOf[row] == fold).Select(row => events.Weights[row])];
    }

    private static byte[] Unfolded(int count)
    {
        var none = new byte[count];
        Array.Fill(none, NoFold);
        return none;
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
