using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>
/// The terms of a function, centred and turned into functions w_k that are orthonormal under a reference spectrum x^-6: phi - mean = w R,
/// R upper triangular. In the parameters t = R p of this basis the likelihood is nearly round and Newton's method converges in about ten
/// steps, where the terms themselves differ by digits that no solver sees (ln x and ln^2 x over less than a decade).
/// </summary>
internal sealed class WhitenedBasis
{
    /// <summary>Exponent of the reference spectrum and of Newton's start.</summary>
    private const double ReferencePower = 6;

    // Terms that agree to so many digits cannot be told apart by sums of doubles.
    private const double SmallestNorm = 1e-11;

    private readonly int[] _terms;
    private readonly double[] _means;
    private readonly double[] _upper;
    private readonly double _sqrtS;

    /// <param name="function">The function.</param>
    /// <param name="masses">Quadrature points of the fit's ranges.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="sqrtS">Above all masses.</param>
    public WhitenedBasis(SpectrumFunction function, ReadOnlySpan<double> masses, ReadOnlySpan<double> weights, double sqrtS)
    {
        var n = function.Parameters;
        (_terms, _means, _upper, _sqrtS) = ([.. function.Terms.Select(term => (int)term)], new double[n], new double[n * n], sqrtS);
        var (density, columns) = (Reference(masses, weights), new double[n][]);
        Span<double> all = stackalloc double[SpectrumFunction.AllTerms];
        for (var k = 0; k < n; k++)
        {
            columns[k] = new double[masses.Length];
            for (var i = 0; i < masses.Length; i++)
            {
                SpectrumFunction.AllTermsAt(masses[i] / sqrtS, all);
                columns[k][i] = all[_terms[k]];
            }

            _means[k] = Dot(density, columns[k], null);
            for (var i = 0; i < masses.Length; i++)
            {
                columns[k][i] -= _means[k];
            }

            // Gram-Schmidt; the second pass removes what rounding leaves of the first.
            var before = Math.Sqrt(Dot(density, columns[k], columns[k]));
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < k; j++)
                {
                    var overlap = Dot(density, columns[j], columns[k]);
                    _upper[(j * n) + k] += overlap;
                    for (var i = 0; i < masses.Length; i++)
                    {
                        columns[k][i] -= overlap * columns[j][i];
                    }
                }
            }

            var norm = Math.Sqrt(Dot(density, columns[k], columns[k]));
            Failure ??= norm > SmallestNorm * before ? null : $"over this mass range the terms of '{function.Name}' cannot be told apart";
            _upper[(k * n) + k] = norm;
            for (var i = 0; i < masses.Length; i++)
            {
                columns[k][i] /= norm;
            }
        }
    }

    /// <summary>Why the basis cannot be used; null where it can.</summary>
    public string? Failure { get; }

    private int Size => _terms.Length;

    /// <summary>w at a mass.</summary>
    public void At(double mass, Span<double> w)
    {
        Span<double> all = stackalloc double[SpectrumFunction.AllTerms];
        SpectrumFunction.AllTermsAt(mass / _sqrtS, all);
        Of(all, w);
    }

    /// <summary>w of given values, or means, of all terms.</summary>
    public void Of(ReadOnlySpan<double> allTerms, Span<double> w)
    {
        for (var k = 0; k < Size; k++)
        {
            var value = allTerms[_terms[k]] - _means[k];
            for (var j = 0; j < k; j++)
            {
                value -= w[j] * _upper[(j * Size) + k];
            }

            w[k] = value / _upper[(k * Size) + k];
        }
    }

    /// <summary>Newton's start: t of the reference spectrum x^-6.</summary>
    public double[] Start()
    {
        var k = Array.IndexOf(_terms, (int)SpectrumTerm.MinusLog);
        return [.. Enumerable.Range(0, Size).Select(j => ReferencePower * _upper[(j * Size) + k])];
    }

    /// <summary>p = R^-1 t: the function's own parameters (or a column of their covariance).</summary>
    public double[] ToParameters(ReadOnlySpan<double> t)
    {
        var p = t.ToArray();
        for (var j = Size - 1; j >= 0; j--)
        {
            for (var k = j + 1; k < Size; k++)
            {
                p[j] -= _upper[(j * Size) + k] * p[k];
            }

            p[j] /= _upper[(j * Size) + j];
        }

        return p;
    }

    /// <summary>R^-1 C R^-T: the covariance of the function's own parameters, row by row.</summary>
    public double[] ToParameterCovariance(double[] covariance)
    {
        // Rows first, then the columns of the result, which is symmetric.
        var result = covariance.ToArray();
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < Size; i++)
            {
                ToParameters(result.AsSpan(i * Size, Size)).CopyTo(result, i * Size);
            }

            result = [.. Enumerable.Range(0, Size * Size).Select(index => result[(index % Size * Size) + (index / Size)])];
        }

        return result;
    }

    private static double[] Reference(ReadOnlySpan<double> masses, ReadOnlySpan<double> weights)
    {
        var density = new double[masses.Length];
        var total = 0.0;
        for (var i = 0; i < masses.Length; i++)
        {
            density[i] = weights[i] * PortableMath.Exp(-ReferencePower * PortableMath.Log(masses[i] / masses[0]));
            total += density[i];
        }

        for (var i = 0; i < masses.Length; i++)
        {
            density[i] /= total;
        }

        return density;
    }

    private static double Dot(double[] density, double[] a, double[]? b)
    {
        var sum = 0.0;
        for (var i = 0; i < density.Length; i++)
        {
            sum += density[i] * a[i] * (b is null ? 1 : b[i]);
        }

        return sum;
    }
}
