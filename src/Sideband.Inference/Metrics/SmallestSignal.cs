using Sideband.Numerics;

namespace Sideband.Inference.Metrics;

/// <summary>
/// sigma_min: the smallest S/sqrt(B) in a window that the best cut of a classifier would be expected to find, with the classifier as it
/// is. A cut that leaves s = eps_S S over b = eps_B B has the expected (Asimov) significance
/// <code>Z^2 = 2 ( (s + b) ln(1 + s/b) - s )</code>
/// of a background that is known; sigma_min is the least S/sqrt(B) over the cuts for which Z is the one asked for.
/// </summary>
public static class SmallestSignal
{
    /// <summary>The usual discovery.</summary>
    public const double Discovery = 5;

    private const int MostSteps = 100;

    /// <param name="curve">The classifier on labelled events.</param>
    /// <param name="background">B, background events in the window, above 0.</param>
    /// <param name="minimumBackgroundEvents">Background events of the curve that must pass a cut, at least 1.</param>
    /// <param name="significance">Z, above 0.</param>
    public static Measured Of(RocCurve curve, double background, int minimumBackgroundEvents, double significance = Discovery)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumBackgroundEvents, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(significance);
        if (!(background > 0))
        {
            return Measured.Undefined(FormattableString.Invariant($"{background} background events in the window"));
        }

        var least = double.PositiveInfinity;
        for (var point = 1; point < curve.Count; point++)
        {
            var (signal, passing) = (curve.SignalEfficiency(point), curve.BackgroundEfficiency(point) * background);
            if (curve.BackgroundEvents(point) < minimumBackgroundEvents || !(passing > 0))
            {
                continue;
            }

            // Z is below s/sqrt(b): most cuts are out without the exact number.
            if (signal * least > significance * Math.Sqrt(passing))
            {
                least = Math.Min(least, Passing(passing, significance) / signal);
            }
        }

        return double.IsFinite(least)
            ? Measured.Of(least / Math.Sqrt(background))
            : Measured.Undefined(FormattableString.Invariant($"no cut passes {minimumBackgroundEvents} background events and signal"));
    }

    /// <summary>The signal s over b for which Z is the one asked for.</summary>
    /// <param name="background">b, above 0.</param>
    /// <param name="significance">Z, above 0.</param>
    public static double Passing(double background, double significance)
    {
        // Z^2 >= s^2/(b + s/3) (Bennett's inequality), so the start lies above the root; Z^2 is convex in s: Newton falls onto it.
        var square = significance * significance;
        var s = (significance * Math.Sqrt(background)) + square;
        for (var step = 0; step < MostSteps; step++)
        {
            var log = PortableMath.Log1P(s / background);
            var next = s - (((2 * (((s + background) * log) - s)) - square) / (2 * log));
            if (!(next < s))
            {
                break;
            }

            s = next;
        }

        return s;
    }
}
