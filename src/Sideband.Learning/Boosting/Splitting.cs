using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sideband.Learning.Boosting;

/// <summary>The best split of a node: rows with bin at most <see cref="Bin"/> go left, missing values as said.</summary>
internal struct Split
{
    /// <summary>G_L^2/H_L + G_R^2/H_R - G^2/H; 0 where no split is allowed.</summary>
    public double Gain;
    public int Feature;
    public int Bin;
    public bool MissingLeft;
    public int LeftCount;
    public double LeftGradient;
    public double LeftHessian;
}

/// <summary>What a node knows of its rows.</summary>
internal readonly record struct NodeSums(int Count, double Gradient, double Hessian, double Value);

/// <summary>
/// Finds the best split of a node: features in order, bins in order, the first of equals (scikit-learn's splitting.pyx). A feature
/// with missing values is scanned twice, with these right and then left, the second time from the last bin down.
/// </summary>
internal sealed unsafe class Splitting
{
    // scikit-learn's number, here in units of the mean weight 1 (TrainingWeights). It also forbids children without a positive sum,
    // which signed weights would need a rule for: trainings know |w| alone, whose hessians |w| sigma (1 - sigma) are never negative, so
    // that a child below this has (next to) no weight, and no leaf value is the quotient of two sums that cancel.
    private const double MinHessian = 1e-3;
    private readonly AlignedArray<long> _gradients = new(256);
    private readonly AlignedArray<long> _hessiansAndCounts = new(256);

    public FixedPoint Units { get; set; }

    public int MinEvents { get; set; }

    public double L2 { get; set; }

    /// <summary>-G/(H + lambda), the Newton step of a leaf before the learning rate.</summary>
    public static double LeafValue(double gradient, double hessian, double l2) => -gradient / (hessian + l2 + 1e-15);

    /// <summary>The best split of all features.</summary>
    /// <param name="histogram">The node's histogram.</param>
    /// <param name="node">The node's sums; its value before the learning rate, 0 for the root.</param>
    /// <param name="binCounts">Bins of each feature without the missing one.</param>
    /// <param name="missingBin">The bin of missing values.</param>
    /// <param name="hasMissing">Whether the training rows of a feature have missing values.</param>
    public Split Best(long* histogram, NodeSums node, ReadOnlySpan<int> binCounts, int missingBin, ReadOnlySpan<bool> hasMissing)
    {
        var best = default(Split);
        for (var feature = 0; feature < binCounts.Length; feature++)
        {
            var bins = histogram + (feature * Histogram.FeatureLength);
            var ofFeature = default(Split);
            Accumulate(bins, binCounts[feature], 0, 0);
            Scan(node, binCounts[feature] - (hasMissing[feature] ? 0 : 1), false, ref ofFeature);
            if (hasMissing[feature])
            {
                Accumulate(bins, binCounts[feature], bins[2 * missingBin], bins[(2 * missingBin) + 1]);
                Scan(node, binCounts[feature] - 1, true, ref ofFeature);
            }

            if (ofFeature.Gain > best.Gain)
            {
                best = ofFeature with { Feature = feature };
            }
        }

        return best;
    }

    /// <summary>The sums left of each bin's upper edge, on top of what is there already (the missing values that go left).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Accumulate(long* bins, int binCount, long gradient, long hessianAndCount)
    {
        var gradients = _gradients.Pointer;
        var others = _hessiansAndCounts.Pointer;
        for (var b = 0; b < binCount; b++)
        {
            gradient += bins[2 * b];
            hessianAndCount += bins[(2 * b) + 1];
            gradients[b] = gradient;
            others[b] = hessianAndCount;
        }
    }

    /// <summary>
    /// Looks for a gain above that of <paramref name="best"/>; among equal gains the first bin, or the last if missing values go left.
    /// </summary>
    private void Scan(NodeSums node, int binCount, bool missingLeft, ref Split best)
    {
        Span<double> gains = stackalloc double[8];
        Span<double> bins = stackalloc double[8];
        var lanes = Vector512.IsHardwareAccelerated
            ? ScanEight(node, binCount, missingLeft, best.Gain, gains, bins)
            : ScanFour(node, binCount, missingLeft, best.Gain, gains, bins);
        for (var lane = 0; lane < lanes; lane++)
        {
            var candidate = (int)bins[lane];
            var closer = missingLeft ? candidate > best.Bin : candidate < best.Bin;
            if (candidate >= 0 && (gains[lane] > best.Gain || (gains[lane] == best.Gain && best.MissingLeft == missingLeft && closer)))
            {
                best = new Split
                {
                    Gain = gains[lane],
                    Bin = candidate,
                    MissingLeft = missingLeft,
                    LeftCount = (int)(_hessiansAndCounts.Pointer[candidate] >>> Units.CountShift),
                    LeftGradient = _gradients.Pointer[candidate] * Units.GradientUnit,
                    LeftHessian = (_hessiansAndCounts.Pointer[candidate] & Units.HessianMask) * Units.HessianUnit,
                };
            }
        }
    }

    /// <summary>Eight bins at a time; the best gain of each lane and its bin, -1 where none was better.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int ScanEight(NodeSums node, int binCount, bool missingLeft, double least, Span<double> gains, Span<double> bins)
    {
        var gradients = _gradients.Pointer;
        var others = _hessiansAndCounts.Pointer;
        var (mask, shift) = (Vector512.Create(Units.HessianMask), Units.CountShift);
        var (gradientUnit, hessianUnit) = (Vector512.Create(Units.GradientUnit), Vector512.Create(Units.HessianUnit));
        var (g, h) = (Vector512.Create(node.Gradient), Vector512.Create(node.Hessian));
        var loss = Vector512.Create(node.Value * node.Gradient);
        var (fewest, most) = (Vector512.Create((long)MinEvents), Vector512.Create((long)(node.Count - MinEvents)));
        var minHessian = Vector512.Create(MinHessian);
        var (l2, tiny) = (Vector512.Create(L2), Vector512.Create(1e-15));
        var bestGain = Vector512.Create(least);
        var bestBin = Vector512.Create(-1.0);
        var bin = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
        var end = Vector512.Create((double)binCount);
        for (var b = 0; b < binCount; b += 8, bin += Vector512.Create(8.0))
        {
            var other = Vector512.Load(others + b);
            var count = other >>> shift;
            var inRange = Vector512.GreaterThanOrEqual(count, fewest) & Vector512.LessThanOrEqual(count, most);
            var enough = inRange.AsDouble() & Vector512.LessThan(bin, end);
            if (enough == Vector512<double>.Zero)
            {
                continue;
            }

            var gLeft = Vector512.ConvertToDouble(Vector512.Load(gradients + b)) * gradientUnit;
            var hLeft = Vector512.ConvertToDouble(other & mask) * hessianUnit;
            var (gRight, hRight) = (g - gLeft, h - hLeft);
            var allowed = enough & Vector512.GreaterThanOrEqual(hLeft, minHessian) & Vector512.GreaterThanOrEqual(hRight, minHessian);
            var gain = loss - (gLeft * (-gLeft / (hLeft + l2 + tiny))) - (gRight * (-gRight / (hRight + l2 + tiny)));
            var better = Vector512.GreaterThan(gain, bestGain);
            if (missingLeft)
            {
                better |= Vector512.Equals(gain, bestGain) & Vector512.GreaterThanOrEqual(bestBin, Vector512<double>.Zero);
            }

            better &= allowed;
            bestGain = Vector512.ConditionalSelect(better, gain, bestGain);
            bestBin = Vector512.ConditionalSelect(better, bin, bestBin);
        }

        bestGain.CopyTo(gains);
        bestBin.CopyTo(bins);
        return 8;
    }

    /// <summary>Four bins at a time; the best gain of each lane and its bin, -1 where none was better.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int ScanFour(NodeSums node, int binCount, bool missingLeft, double least, Span<double> gains, Span<double> bins)
    {
        var gradients = _gradients.Pointer;
        var others = _hessiansAndCounts.Pointer;
        var (mask, shift) = (Vector256.Create(Units.HessianMask), Units.CountShift);
        var (gradientUnit, hessianUnit) = (Vector256.Create(Units.GradientUnit), Vector256.Create(Units.HessianUnit));
        var (g, h) = (Vector256.Create(node.Gradient), Vector256.Create(node.Hessian));
        var loss = Vector256.Create(node.Value * node.Gradient);
        var (fewest, most) = (Vector256.Create((long)MinEvents), Vector256.Create((long)(node.Count - MinEvents)));
        var minHessian = Vector256.Create(MinHessian);
        var (l2, tiny) = (Vector256.Create(L2), Vector256.Create(1e-15));
        var bestGain = Vector256.Create(least);
        var bestBin = Vector256.Create(-1.0);
        var bin = Vector256.Create(0.0, 1, 2, 3);
        var end = Vector256.Create((double)binCount);
        for (var b = 0; b < binCount; b += 4, bin += Vector256.Create(4.0))
        {
            var other = Vector256.Load(others + b);
            var count = other >>> shift;
            var inRange = Vector256.GreaterThanOrEqual(count, fewest) & Vector256.LessThanOrEqual(count, most);
            var enough = inRange.AsDouble() & Vector256.LessThan(bin, end);
            if (enough == Vector256<double>.Zero)
            {
                continue;
            }

            var gLeft = Vector256.ConvertToDouble(Vector256.Load(gradients + b)) * gradientUnit;
            var hLeft = Vector256.ConvertToDouble(other & mask) * hessianUnit;
            var (gRight, hRight) = (g - gLeft, h - hLeft);
            var allowed = enough & Vector256.GreaterThanOrEqual(hLeft, minHessian) & Vector256.GreaterThanOrEqual(hRight, minHessian);
            var gain = loss - (gLeft * (-gLeft / (hLeft + l2 + tiny))) - (gRight * (-gRight / (hRight + l2 + tiny)));
            var better = Vector256.GreaterThan(gain, bestGain);
            if (missingLeft)
            {
                better |= Vector256.Equals(gain, bestGain) & Vector256.GreaterThanOrEqual(bestBin, Vector256<double>.Zero);
            }

            better &= allowed;
            bestGain = Vector256.ConditionalSelect(better, gain, bestGain);
            bestBin = Vector256.ConditionalSelect(better, bin, bestBin);
        }

        bestGain.CopyTo(gains);
        bestBin.CopyTo(bins);
        return 4;
    }
}
