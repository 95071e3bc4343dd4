using Sideband.Numerics;

namespace Sideband.Inference.Counting;

/// <summary>
/// Signed significance of a count over an uncertain background (Cowan et al., Asimov estimate; arXiv:2411.00085 eq. 6, in which
/// the arXiv HTML loses the exponent of 1/N_exp). With n = N_obs, b = N_exp and s2 = sigma_exp^2 (relative):
/// <code>S^2 = 2 ( n ln[ n (1/b + s2) / (1 + n s2) ] - (1/s2) ln[ (1 + n s2) / (1 + b s2) ] ),  sign(S) = sign(n - b)</code>
/// </summary>
/// <remarks>
/// Both logarithms vanish at n = b and their first orders cancel. With d = n - b, u = -d / (n (1 + b s2)) and
/// v = d s2 / (1 + b s2) the formula is, exactly,
/// <code>S^2 / 2 = n phi(u) + phi(v) / s2,  phi(x) = x - ln(1 + x) >= 0</code>
/// because n u + v / s2 = 0: two terms of one sign, so nothing cancels, whatever n, b and s2 are. The limits follow:
/// s2 = 0 drops the second term; n = 0 turns the first into b / (1 + b s2), and the sum into ln(1 + b s2) / s2.
/// </remarks>
public static class Significance
{
    /// <summary>Largest count that <see cref="RequiredObserved"/> looks at: integers above it are not exact in double.</summary>
    private const double LargestCount = 9007199254740992; // 2^53

    /// <summary>Signed significance S; negative for a deficit.</summary>
    /// <param name="observed">N_obs, at least 0.</param>
    /// <param name="expected">N_exp, above 0; else the result is undefined with a reason.</param>
    /// <param name="relativeVariance">sigma_exp^2, the square of the relative error of N_exp, at least 0.</param>
    public static Measured Of(double observed, double expected, double relativeVariance)
    {
        if (!(double.IsFinite(observed) && observed >= 0))
        {
            return Measured.Undefined(FormattableString.Invariant($"N_obs is {observed}; it must be at least 0"));
        }

        if (!(double.IsFinite(expected) && expected > 0))
        {
            return Measured.Undefined(FormattableString.Invariant($"N_exp is {expected}; it must be above 0"));
        }

        if (!(double.IsFinite(relativeVariance) && relativeVariance >= 0))
        {
            return Measured.Undefined(FormattableString.Invariant($"sigma_exp^2 is {relativeVariance}; it must be at least 0"));
        }

        var value = Signed(observed, expected, relativeVariance);
        return double.IsFinite(value) ? Measured.Of(value) : Measured.Undefined("the significance is beyond the range of double precision");
    }

    /// <summary>
    /// Smallest whole N_obs whose significance is at least <paramref name="target"/>: what a blinded search may say about
    /// its sensitivity. S grows with N_obs without bound, so there is one, unless it exceeds 2^53 (undefined).
    /// </summary>
    /// <param name="expected">N_exp, above 0.</param>
    /// <param name="relativeVariance">sigma_exp^2, relative, at least 0.</param>
    /// <param name="target">Significance to reach, above 0, usually 3 or 5.</param>
    public static Measured RequiredObserved(double expected, double relativeVariance, double target)
    {
        var atExpectation = Of(expected, expected, relativeVariance);
        if (!atExpectation.IsDefined)
        {
            return atExpectation;
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(target);
        var low = Math.Floor(expected); // S <= 0 here: below the target
        var high = low + 1;
        while (Signed(high, expected, relativeVariance) < target)
        {
            low = high;
            high *= 2;
            if (high > LargestCount)
            {
                return Measured.Undefined(FormattableString.Invariant($"more than 2^53 events would be needed for {target} sigma"));
            }
        }

        while (high - low > 1)
        {
            var middle = Math.Floor(low + (0.5 * (high - low)));
            (low, high) = Signed(middle, expected, relativeVariance) < target ? (middle, high) : (low, middle);
        }

        return Measured.Of(high);
    }

    private static double Signed(double n, double b, double s2)
    {
        var d = n - b;
        var nScale = 1 + (n * s2);
        var bScale = 1 + (b * s2);

        // 1 + u and 1 + v are formed from positive factors, not from u and v, which may be close to -1.
        var poisson = n == 0 ? b / bScale : n * LogSeries.XMinusLog1P(-d / (n * bScale), b * nScale / (n * bScale));
        var systematic = s2 == 0 ? 0 : LogSeries.XMinusLog1P(d * s2 / bScale, nScale / bScale) / s2;
        return Math.CopySign(Math.Sqrt(2 * (poisson + systematic)), d);
    }
}
