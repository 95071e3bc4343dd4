using System.Globalization;

namespace Sideband.Learning.Boosting;

/// <summary>Checks of what a training is given, and the balance of classes.</summary>
internal static class TrainingRows
{
    public static void CheckLengths(int count, ReadOnlySpan<byte> labels, ReadOnlySpan<float> weights)
    {
        if (labels.Length != count || (!weights.IsEmpty && weights.Length != count))
        {
            throw new ArgumentException(
                $"{labels.Length} labels and {weights.Length} weights for {count} rows; allowed: one label a row, one weight a row or none");
        }
    }

    /// <summary>Why the weights of these rows cannot be used, or null.</summary>
    /// <exception cref="ArgumentException">A row number outside the matrix, or a label that is not 0 or 1.</exception>
    public static string? Problem(int count, ReadOnlySpan<int> rows, ReadOnlySpan<byte> labels, ReadOnlySpan<float> weights)
    {
        foreach (var row in rows)
        {
            if ((uint)row >= (uint)count || labels[row] > 1)
            {
                throw new ArgumentException($"row {row} is outside the matrix of {count} rows or its label is not 0 or 1");
            }

            if (!weights.IsEmpty && !(weights[row] >= 0 && float.IsFinite(weights[row])))
            {
                return string.Create(CultureInfo.InvariantCulture, $"weight {weights[row]} of row {row}; allowed: finite and not negative");
            }
        }

        return null;
    }

    /// <summary>
    /// n/(2 n_c) for both classes, counting training and validation rows together and without their weights, as scikit-learn's
    /// compute_sample_weight('balanced') does before it splits.
    /// </summary>
    public static (double Zero, double One) BalancedFactors(ReadOnlySpan<byte> labels, ReadOnlySpan<int> train, ReadOnlySpan<int> validation)
    {
        double ones = Ones(labels, train) + Ones(labels, validation);
        double all = train.Length + validation.Length;
        return (all / (2 * (all - ones)), all / (2 * ones));
    }

    private static int Ones(ReadOnlySpan<byte> labels, ReadOnlySpan<int> rows)
    {
        var ones = 0;
        foreach (var row in rows)
        {
            ones += labels[row];
        }

        return ones;
    }
}
