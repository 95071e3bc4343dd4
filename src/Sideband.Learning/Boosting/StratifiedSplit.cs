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
        var counts = Counts(rows, labels, validationFraction);
        var (training, validation) = (new int[counts.Training + 1], new int[counts.Validation + 1]);
        Split(rows, labels, counts, stream, training, validation);
        return (training[..^1], validation[..^1]);
    }

    /// <summary>How many rows of each class there are, and how many of them become validation rows.</summary>
    internal static SplitCounts Counts(ReadOnlySpan<int> rows, ReadOnlySpan<byte> labels, double validationFraction)
    {
        Span<int> all = stackalloc int[2];
        foreach (var row in rows)
        {
            all[labels[row]]++;
        }

        return new SplitCounts(
            all[0], all[1], (int)Math.Round(all[0] * validationFraction), (int)Math.Round(all[1] * validationFraction));
    }

    /// <summary>The same into given memory.</summary>
    /// <param name="counts">From <see cref="Counts"/>.</param>
    /// <param name="training">At least one place more than there will be rows.</param>
    /// <param name="validation">At least one place more than there will be rows.</param>
    internal static void Split(
        ReadOnlySpan<int> rows,
        ReadOnlySpan<byte> labels,
        SplitCounts counts,
        RandomStream stream,
        Span<int> training,
        Span<int> validation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<int> left = [counts.Zero, counts.One];
        Span<int> wanted = [counts.WantedZero, counts.WantedOne];
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
    }
}

/// <summary>Rows of both classes, and validation rows among them.</summary>
internal readonly record struct SplitCounts(int Zero, int One, int WantedZero, int WantedOne)
{
    public int Validation => WantedZero + WantedOne;

    public int Training => Zero + One - Validation;
}
