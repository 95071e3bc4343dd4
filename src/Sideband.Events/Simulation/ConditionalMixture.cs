using Sideband.Numerics;

namespace Sideband.Events.Simulation;

/// <summary>
/// A Gaussian mixture in z whose weights and means follow the mass through u and h (<see cref="MassCoordinates"/>):
/// p(z | m) = sum_k g_k(m) N(z; b_k0 + b_k1 u + b_k2 h, L_k L_k^T), g_k = softmax_k(a_k0 + a_k1 u + a_k2 u^2 + a_k3 h).
/// The fit limits a_k1 to a_k3, so that p(z | m) changes little from window to window and simulated background has no bumps.
/// </summary>
internal sealed class ConditionalMixture
{
    private const double LogTwoPi = 1.8378770664093453;
    private const int GateTerms = 4;
    private const int MeanTerms = 3;

    private readonly int _dimensions;
    private readonly double[] _gates;
    private readonly double[] _means;
    private readonly double[] _cholesky;
    private readonly double[] _logDeterminants;

    /// <param name="dimensions">Number of z.</param>
    /// <param name="gates">[component x 4]: a.</param>
    /// <param name="means">[component x dimension x 3]: b.</param>
    /// <param name="cholesky">[component x packed lower triangle, row by row]: L.</param>
    public ConditionalMixture(int dimensions, double[] gates, double[] means, double[] cholesky)
    {
        (_dimensions, _gates, _means, _cholesky) = (dimensions, gates, means, cholesky);
        Components = gates.Length / GateTerms;
        _logDeterminants = new double[Components];
        for (var k = 0; k < Components; k++)
        {
            for (var i = 0; i < dimensions; i++)
            {
                _logDeterminants[k] += PortableMath.Log(Factor(k)[Packed(i) + i]);
            }
        }
    }

    public int Components { get; }

    /// <summary>The mixture of some of the z, in the given order: the others are integrated out exactly.</summary>
    /// <param name="kept">Indices of z, from 0.</param>
    public ConditionalMixture Marginal(ReadOnlySpan<int> kept)
    {
        var means = new double[Components * kept.Length * MeanTerms];
        var cholesky = new double[Components * Packed(kept.Length)];
        for (var k = 0; k < Components; k++)
        {
            for (var i = 0; i < kept.Length; i++)
            {
                Slopes(k, kept[i]).CopyTo(means.AsSpan(((k * kept.Length) + i) * MeanTerms));
            }

            Decompose(Factor(k), kept, cholesky.AsSpan(k * Packed(kept.Length), Packed(kept.Length)));
        }

        return new ConditionalMixture(kept.Length, _gates, means, cholesky);
    }

    /// <summary>ln p(z | m).</summary>
    public double LogDensity((double U, double H) mass, ReadOnlySpan<double> z)
    {
        Span<double> gates = stackalloc double[Components];
        Span<double> terms = stackalloc double[Components];
        Span<double> y = stackalloc double[_dimensions];
        for (var k = 0; k < Components; k++)
        {
            gates[k] = LogGate(k, mass);
            terms[k] = gates[k] - _logDeterminants[k] - (0.5 * SquaredDistance(k, mass, z, y));
        }

        return LogSumExp(terms) - LogSumExp(gates) - (0.5 * _dimensions * LogTwoPi);
    }

    /// <summary>Draws z from p(z | m).</summary>
    public void Sample((double U, double H) mass, RandomStream stream, Span<double> z)
    {
        var k = SampleComponent(mass, stream);
        var factor = Factor(k);
        Span<double> y = stackalloc double[_dimensions];
        for (var i = 0; i < _dimensions; i++)
        {
            y[i] = stream.NextGaussian();
            z[i] = Mean(k, i, mass);
            for (var j = 0; j <= i; j++)
            {
                z[i] += factor[Packed(i) + j] * y[j];
            }
        }
    }

    private int SampleComponent((double U, double H) mass, RandomStream stream)
    {
        Span<double> cumulative = stackalloc double[Components];
        var top = double.NegativeInfinity;
        for (var k = 0; k < Components; k++)
        {
            cumulative[k] = LogGate(k, mass);
            top = Math.Max(top, cumulative[k]);
        }

        var total = 0.0;
        for (var k = 0; k < Components; k++)
        {
            total += PortableMath.Exp(cumulative[k] - top);
            cumulative[k] = total;
        }

        var draw = stream.NextDouble() * total;
        var chosen = 0;
        while (chosen < Components - 1 && cumulative[chosen] <= draw)
        {
            chosen++;
        }

        return chosen;
    }

    /// <summary>Entries in the first rows of a packed lower triangle.</summary>
    private static int Packed(int rows) => rows * (rows + 1) / 2;

    private ReadOnlySpan<double> Factor(int k) => _cholesky.AsSpan(k * Packed(_dimensions), Packed(_dimensions));

    private ReadOnlySpan<double> Slopes(int k, int i) => _means.AsSpan(((k * _dimensions) + i) * MeanTerms, MeanTerms);

    private double Mean(int k, int i, (double U, double H) mass)
    {
        var b = Slopes(k, i);
        return b[0] + (b[1] * mass.U) + (b[2] * mass.H);
    }

    /// <summary>ln g_k up to a term that all components share.</summary>
    private double LogGate(int k, (double U, double H) mass)
    {
        var a = _gates.AsSpan(k * GateTerms, GateTerms);
        return a[0] + (a[1] * mass.U) + (a[2] * mass.U * mass.U) + (a[3] * mass.H);
    }

    /// <summary>|L^-1 (z - mean)|^2 by forward substitution; y is scratch.</summary>
    private double SquaredDistance(int k, (double U, double H) mass, ReadOnlySpan<double> z, Span<double> y)
    {
        var factor = Factor(k);
        var squares = 0.0;
        for (var i = 0; i < _dimensions; i++)
        {
            var row = factor.Slice(Packed(i), i + 1);
            var rest = z[i] - Mean(k, i, mass);
            for (var j = 0; j < i; j++)
            {
                rest -= row[j] * y[j];
            }

            y[i] = rest / row[i];
            squares += y[i] * y[i];
        }

        return squares;
    }

    /// <summary>Cholesky factor of the covariance L L^T restricted to some axes.</summary>
    private static void Decompose(ReadOnlySpan<double> factor, ReadOnlySpan<int> axes, Span<double> result)
    {
        for (var i = 0; i < axes.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var a = 0; a <= Math.Min(axes[i], axes[j]); a++)
                {
                    sum += factor[Packed(axes[i]) + a] * factor[Packed(axes[j]) + a];
                }

                for (var a = 0; a < j; a++)
                {
                    sum -= result[Packed(i) + a] * result[Packed(j) + a];
                }

                result[Packed(i) + j] = i == j ? Math.Sqrt(sum) : sum / result[Packed(j) + j];
            }
        }
    }

    private static double LogSumExp(ReadOnlySpan<double> terms)
    {
        var top = double.NegativeInfinity;
        foreach (var term in terms)
        {
            top = Math.Max(top, term);
        }

        var sum = 0.0;
        foreach (var term in terms)
        {
            // Below e^-40 of the largest a term changes no digit.
            sum += term > top - 40 ? PortableMath.Exp(term - top) : 0;
        }

        return top + PortableMath.Log(sum);
    }
}
