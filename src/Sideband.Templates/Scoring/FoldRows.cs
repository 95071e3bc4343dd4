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
        var (region, template, target) = (matrix.Region.Events, matrix.Template, matrix.Template.Target);
        var (first, count) = (region.Count + template.Events.Count, region.Count + template.Events.Count + (target?.Count ?? 0));
        var foldOf = new byte[count];
        folds.Of(region).AsSpan().CopyTo(foldOf);
        if (target is not null)
        {
            folds.Of(target).AsSpan().CopyTo(foldOf.AsSpan(first));
        }

        var ofTemplate = foldOf.AsSpan(region.Count, template.Events.Count);
        if (template.Folded)
        {
            folds.Of(template.Events).AsSpan().CopyTo(ofTemplate);
        }
        else
        {
            ofTemplate.Fill(NoFold);
        }

        var labels = new byte[count];
        labels.AsSpan(target is null ? 0 : first, target?.Count ?? region.Count).Fill(1);

        // With a target of its own the data are scored, never trained on; nor is an event without latent image.
        foldOf.AsSpan(0, target is null ? 0 : region.Count).Fill((byte)fold);
        for (var row = 0; matrix.Region.IsMapped && row < count; row++)
        {
            foldOf[row] = float.IsNaN(matrix.Columns[0][row]) ? (byte)fold : foldOf[row];
        }

        return new FoldRows(RowsExcept(foldOf, (byte)fold), labels);
    }

    private static int[] RowsExcept(byte[] foldOf, byte fold)
    {
        var rows = new int[foldOf.Length - foldOf.AsSpan().Count(fold)];
        for (int row = 0, place = 0; place < rows.Length; row++)
        {
            if (foldOf[row] != fold)
            {
                rows[place++] = row;
            }
        }

        return rows;
    }
}
