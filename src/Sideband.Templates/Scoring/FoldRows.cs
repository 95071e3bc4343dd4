using Sideband.Events;

namespace Sideband.Templates.Scoring;

/// <summary>The rows of a window's matrix that a fold trains on.</summary>
/// <param name="Training">Rows of both classes: outside the fold, and all of a template that is not folded.</param>
/// <param name="Labels">Class of every row of the matrix: 1 target (by default the data), 0 template.</param>
internal sealed record FoldRows(int[] Training, byte[] Labels)
{
    private const byte NoFold = byte.MaxValue;

    /// <param name="matrix">The window.</param>
    /// <param name="folds">The run's folds.</param>
    /// <param name="fold">From 0.</param>
    public static FoldRows Of(TrainingMatrix matrix, FoldAssignment folds, int fold)
    {
        var (template, target) = (matrix.Template, matrix.Template.Target is { } own ? folds.Of(own) : null);
        var data = folds.Of(matrix.Region.Events);
        byte[] all = [.. data, .. template.Folded ? folds.Of(template.Events) : Unfolded(template.Events.Count), .. target ?? []];
        var labels = new byte[all.Length];
        labels.AsSpan(target is null ? 0 : data.Length + template.Events.Count, target?.Length ?? data.Length).Fill(1);

        // With a target of its own the data are scored, never trained on; nor is an event without latent image.
        var rows = new List<int>(all.Length);
        for (var row = target is null ? 0 : data.Length; row < all.Length; row++)
        {
            if (all[row] != fold && !(matrix.Region.IsMapped && float.IsNaN(matrix.Columns[0][row])))
            {
                rows.Add(row);
            }
        }

        return new FoldRows([.. rows], labels);
    }

    private static byte[] Unfolded(int count)
    {
        var none = new byte[count];
        Array.Fill(none, NoFold);
        return none;
    }
}
