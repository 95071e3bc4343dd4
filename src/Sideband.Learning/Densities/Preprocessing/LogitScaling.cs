using Sideband.Learning.Saving;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>
/// z = (logit(u) - mean)/sd with u = (x - low)/(high - low) of each feature (CATHODE, arXiv:2109.00546, section 3.1).
/// ln |dz/dx| = -ln(sd (high - low) u (1 - u)).
/// </summary>
internal sealed class LogitScaling
{
    private readonly double[] _low;
    private readonly double[] _width;
    private readonly double[] _mean;
    private readonly double[] _deviation;

    private LogitScaling(double[] low, double[] width, double[] mean, double[] deviation) =>
        (_low, _width, _mean, _deviation) = (low, width, mean, deviation);

    /// <summary>Features.</summary>
    public int Count => _low.Length;

    /// <summary>Range, mean and sd of some events; null with a reason if a feature has no spread or is not finite.</summary>
    /// <param name="features">[feature][event].</param>
    /// <param name="isOther">Whether a feature goes another way: it has a range, and its logit is not looked at.</param>
    public static (LogitScaling? Fitted, string? Failure) Fit(float[][] features, Func<int, bool> isOther)
    {
        var d = features.Length;
        var (low, width, mean, deviation) = (new double[d], new double[d], new double[d], new double[d]);
        for (var f = 0; f < d; f++)
        {
            var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var x in features[f])
            {
                if (!float.IsFinite(x))
                {
                    return (null, $"feature {f + 1} holds a value that is not finite");
                }

                (min, max) = (Math.Min(min, x), Math.Max(max, x));
            }

            (low[f], width[f]) = (min, max - min);
            if (!(max > min))
            {
                return (null, $"feature {f + 1} has the same value in all events");
            }
        }

        int[] fitted = [.. Enumerable.Range(0, d).Where(f => !isOther(f))];
        var logits = new LogitScaling(low, width, mean, [.. Enumerable.Repeat(1.0, d)]);
        var (z, sums, squares, count) = (new double[d], new double[d], new double[d], 0);
        for (var i = 0; i < features[0].Length; i++)
        {
            if (logits.TryForward(features, i, fitted, z, out _))
            {
                count++;
                foreach (var f in fitted)
                {
                    sums[f] += z[f];
                    squares[f] += z[f] * z[f];
                }
            }
        }

        foreach (var f in fitted)
        {
            mean[f] = sums[f] / count;
            deviation[f] = Math.Sqrt((squares[f] - (sums[f] * mean[f])) / (count - 1));
            if (!(deviation[f] > 0))
            {
                return (null, $"feature {f + 1} has the same value in all events but those at the ends of its range");
            }
        }

        return (new LogitScaling(low, width, mean, deviation), null);
    }

    /// <summary>z of one feature; not finite outside of the range.</summary>
    public double Logit(int feature, float x)
    {
        var u = Unit(feature, x);
        return u > 0 && u < 1 ? LogitOf(feature, u) : double.NaN;
    }

    /// <summary>Scales some features of an event; false if one lies outside of the range or at its end.</summary>
    /// <param name="features">[feature][event].</param>
    /// <param name="i">Number of the event.</param>
    /// <param name="scaled">Numbers of the features.</param>
    /// <param name="z">Written at their numbers.</param>
    /// <param name="logJacobian">Sum of their ln |dz/dx|.</param>
    public bool TryForward(float[][] features, int i, ReadOnlySpan<int> scaled, Span<double> z, out double logJacobian)
    {
        logJacobian = 0;
        foreach (var f in scaled)
        {
            var u = Unit(f, features[f][i]);
            if (!(u > 0 && u < 1))
            {
                return false;
            }

            z[f] = LogitOf(f, u);
            logJacobian -= PortableMath.Log(_deviation[f] * _width[f] * u * (1 - u));
        }

        return true;
    }

    /// <summary>x of z.</summary>
    public float Inverse(int feature, double z)
    {
        var logit = (z * _deviation[feature]) + _mean[feature];
        return (float)(_low[feature] + (_width[feature] / (1 + PortableMath.Exp(-logit))));
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        foreach (var numbers in (double[][])[_low, _width, _mean, _deviation])
        {
            writer.WriteAll(numbers);
        }
    }

    public static LogitScaling Load(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        double[] Numbers() => reader.ReadDoubles(count);
        return new LogitScaling(Numbers(), Numbers(), Numbers(), Numbers());
    }

    /// <summary>Place in the range, inside of it between 0 and 1.</summary>
    private double Unit(int feature, float x) => (x - _low[feature]) / _width[feature];

    private double LogitOf(int feature, double u) => (PortableMath.Log(u / (1 - u)) - _mean[feature]) / _deviation[feature];
}
