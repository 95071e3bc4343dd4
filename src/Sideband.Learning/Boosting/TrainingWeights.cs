using System.Globalization;

namespace Sideband.Learning.Boosting;

/// <summary>
/// Event weights as all trainings use them, trees and networks: |w| times a factor of the event's class, in double precision, before
/// anything becomes single precision or fixed point. With n rows (to train and to validate on, together) and W_c = sum of |w| over
/// the rows of class c the factors are
/// <code>balanced: f_c = n/(2 W_c)    otherwise: f_0 = f_1 = n/(W_0 + W_1)</code>
/// Balanced classes have the same summed weight, n/2, whatever the weights are; without weights f_c is scikit-learn's n/(2 n_c). In
/// both cases the mean weight is 1, the unit in which the smallest hessian of a leaf, L2 and Adam's epsilon are numbers: the unit of
/// the given weights is gone. A factor 2^k on all weights of a (balanced) class changes no bit, because W_c changes by exactly 2^k.
/// </summary>
/// <remarks>
/// The sign of a weight is ignored: a loss with negative weights has no lowest value, and a classifier need not be exact. What a cut
/// on its scores selects is counted with the signs, so that training on |w| costs power only.
/// </remarks>
/// <param name="Zero">Factor of class 0.</param>
/// <param name="One">Factor of class 1.</param>
internal readonly record struct TrainingWeights(double Zero, double One)
{
    /// <exception cref="ArgumentException">Not one label a row, or weights that are neither one a row nor none.</exception>
    public static void CheckLengths(int count, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights)
    {
        if (labels.Length != count || (!weights.IsEmpty && weights.Length != count))
        {
            throw new ArgumentException(
                $"{labels.Length} labels and {weights.Length} weights for {count} rows; allowed: a label a row, a weight a row or none");
        }
    }

    /// <summary>The factors, or why the weights of these rows cannot be used.</summary>
    /// <param name="rows">The rows to train and to validate on.</param>
    /// <param name="labels">0 or 1 for each row number.</param>
    /// <param name="weights">Finite, for each row number; empty: all 1.</param>
    /// <param name="balanced">Whether the classes get the same summed weight.</param>
    /// <exception cref="ArgumentException">A row number without label, or a label that is not 0 or 1.</exception>
    public static (TrainingWeights Factors, string? Problem) Of(
        ReadOnlySpan<int> rows, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, bool balanced)
    {
        Span<double> sums = [0, 0];
        foreach (var row in rows)
        {
            if ((uint)row >= (uint)labels.Length || labels[row] > 1)
            {
                throw new ArgumentException($"row {row} is outside the {labels.Length} rows or its label is not 0 or 1");
            }

            var weight = weights.IsEmpty ? 1 : weights[row];
            if (!double.IsFinite(weight))
            {
                return (default, string.Create(CultureInfo.InvariantCulture, $"weight {weight} of row {row}; allowed: finite"));
            }

            sums[labels[row]] += Math.Abs(weight);
        }

        double count = rows.Length;
        var factors = balanced
            ? new TrainingWeights(count / (2 * sums[0]), count / (2 * sums[1]))
            : new TrainingWeights(count / (sums[0] + sums[1]), count / (sums[0] + sums[1]));
        return (factors, Problem(0, sums[0], factors.Zero) ?? Problem(1, sums[1], factors.One));
    }

    // Sums beyond the range of double precision, or so near to 0 that their inverse is, have no factor.
    private static string? Problem(int label, double sum, double factor) =>
        !(sum > 0) ? $"class {label} has no weight"
        : factor > 0 && double.IsFinite(factor) ? null
        : string.Create(CultureInfo.InvariantCulture, $"the weights of class {label} sum to {sum}, beyond what can be normalised");
}
