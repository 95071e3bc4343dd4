using Sideband.Events;
using Sideband.Numerics;

namespace Sideband.Templates.Learned;

/// <summary>
/// Gaussian kernel density estimate of a region's mass spectrum on the scale logit(u), u = (m - low)/(high - low), with the bandwidth
/// of the code published for arXiv:2109.00546. The logit keeps every mass inside the region.
/// </summary>
public sealed class MassSpectrumEstimate
{
    private const double Bandwidth = 0.01;

    /// <summary>Masses at a limit stand this far inside it, or their logit would be infinite.</summary>
    private const double Margin = 1e-8;

    private readonly double[] _logits;
    private readonly MassInterval _range;
    private readonly MassInterval? _without;

    /// <param name="masses">At least one, all inside <paramref name="range"/>.</param>
    /// <param name="range">Limits of the region, in the unit of the mass.</param>
    /// <param name="without">A part of it that holds no mass and gets none: the signal region, where the region is its sidebands.</param>
    public MassSpectrumEstimate(ReadOnlySpan<double> masses, MassInterval range, MassInterval? without = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(masses.Length, nameof(masses));
        (_range, _without) = (range, without);
        _logits = new double[masses.Length];
        for (var i = 0; i < masses.Length; i++)
        {
            var u = Math.Clamp((masses[i] - range.Low) / range.Width, Margin, 1 - Margin);
            _logits[i] = PortableMath.Log(u) - PortableMath.Log(1 - u);
        }
    }

    /// <summary>
    /// How many masses lie nearer to a limit of a range than the estimate can tell, and not at it: all would be drawn there.
    /// </summary>
    public static int Indistinct(ReadOnlySpan<double> masses, MassInterval range)
    {
        var count = 0;
        foreach (var mass in masses)
        {
            var u = (mass - range.Low) / range.Width;
            count += u is (> 0 and < Margin) or (> 1 - Margin and < 1) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Independent masses of the estimated spectrum.</summary>
    public double[] Draw(int count, RandomStream stream)
    {
        var masses = new double[count];
        for (var i = 0; i < count; i++)
        {
            do
            {
                var logit = _logits[stream.NextInt(_logits.Length)] + (Bandwidth * stream.NextGaussian());
                masses[i] = _range.Low + (_range.Width / (1 + PortableMath.Exp(-logit)));
            }
            while (_without?.Contains(masses[i]) == true || !_range.Contains(masses[i]));
        }

        return masses;
    }
}
