using Sideband.Numerics;

namespace Sideband.Learning.Boosting;

/// <summary>A random split of rows in training and validation rows with the same fraction of each class.</summary>
public static class StratifiedSplit
{
    /// <summary>Splits the rows; both lists keep the order of <paramref name="rows"/>.</summary>
    /// <param name="rows">Row numbers.</param>
    /// <param name="labels">0 or 1 for each row number.</param>
    /// <param name="validationFraction">In (0, 1); of each class, rounded to whole rows.</param>
    /// <param name="stream">One random number a row is taken from it.</param>
    public static (int[] Training, int[] Validation) Of(
        ReadOnlySpan<int> rows, ReadOnlySpan<byte> labels, double validationFraction, RandomStream stream)
    {
        var (training, validation) = (new int[rows.Length + 1], new int[rows.Length + 1]);
        var count = Split(rows, labels, validationFraction, stream, training, validation);
        return (training[..count], validation[..(rows.Length - count)]);
    }

    /// <summary>The same into given memory.</summary>
    /// <param name="training">At least one place more than there are rows.</param>
    /// <param name="validation">At least one place more than there are rows.</param>
    /// <returns>Training rows; the others are validation rows.</returns>
    internal static int Split(
        ReadOnlySpan<int> rows,
        ReadOnlySpan<byte> labels,
        double validationFraction,
        RandomStream stream,
        Span<int> training,
        Span<int> validation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<int> left = stackalloc int[2];
        foreach (var row in rows)
        {
            left[labels[row]]++;
        }

        Span<int> wanted = [(int)Math.Round(left[0] * validationFraction), (int)Math.Round(left[1] * validationFraction)];
        var (t, v) = (0, 0);
        foreach (var row in rows)
        {
            // Chosen with probability (still wanted)/(still to come): exact numbers, every subset equally likely. The row is written
            // to both lists (each with one place to spare) and one of the ends moves, so that no branch depends on the draw.
            var label = labels[row];
            var chosen = stream.NextDouble() * left[label] < wanted[label] ? 1 : 0;
            left[label]--;
            wanted[label] -= chosen;
            validation[v] = row;
            training[t] = row;
            v += chosen;
            t += 1 - chosen;
        }

        return t;
    }
}
