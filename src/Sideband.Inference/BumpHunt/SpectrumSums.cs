namespace Sideband.Inference.BumpHunt;

/// <summary>
/// All that a fit needs to know about the events: how many lie in the ranges, and the means of the functions' terms over them
/// (sufficient statistics of every <see cref="SpectrumFunction"/>). One pass over the masses serves all functions.
/// </summary>
public sealed class SpectrumSums
{
    private const int Block = 64;

    private SpectrumSums(IReadOnlyList<MassRange> ranges, double sqrtS, long events, double[] means, string? failure) =>
        (Ranges, SqrtS, Events, Means, Failure) = (ranges, sqrtS, events, means, failure);

    /// <summary>The ranges that were summed over.</summary>
    public IReadOnlyList<MassRange> Ranges { get; }

    /// <summary>sqrt(s), in the unit of the masses.</summary>
    public double SqrtS { get; }

    /// <summary>Events in the ranges.</summary>
    public long Events { get; }

    /// <summary>Why no fit can be made from these; null where one can be tried.</summary>
    public string? Failure { get; }

    /// <summary>Mean of every <see cref="SpectrumTerm"/> over the events.</summary>
    internal double[] Means { get; }

    /// <summary>Sums over the masses that lie in the ranges; masses that no spectrum can have are a failure, not left out.</summary>
    /// <param name="masses">One an event, in (0, sqrt(s)).</param>
    /// <param name="ranges">Disjoint ranges in (0, sqrt(s)), for example the sidebands.</param>
    /// <param name="sqrtS">Energy of the collisions, in the unit of the masses.</param>
    public static SpectrumSums Of(ReadOnlySpan<double> masses, IReadOnlyList<MassRange> ranges, double sqrtS)
    {
        var means = new double[SpectrumFunction.AllTerms];
        if ((RangeFailure(ranges, sqrtS) ?? MassFailure(masses, sqrtS)) is { } reason)
        {
            return new SpectrumSums(ranges, sqrtS, 0, means, reason);
        }

        // Neumaier's sums of plain sums of short blocks: what rounding loses of 10^6 terms would be seen in the fifth parameter.
        var lost = new double[means.Length];
        Span<double> terms = stackalloc double[means.Length];
        Span<double> block = stackalloc double[means.Length];
        var (events, inBlock, inside) = (0L, 0, (MassRange[])[.. ranges]);
        foreach (var mass in masses)
        {
            if (!IsInside(inside, mass))
            {
                continue;
            }

            SpectrumFunction.AllTermsAt(mass / sqrtS, terms);
            for (var k = 0; k < terms.Length; k++)
            {
                block[k] += terms[k];
            }

            if (++inBlock == Block)
            {
                Add(block, means, lost);
                (events, inBlock) = (events + inBlock, 0);
            }
        }

        Add(block, means, lost);
        events += inBlock;
        for (var k = 0; k < means.Length; k++)
        {
            means[k] = events > 0 ? (means[k] + lost[k]) / events : 0;
        }

        return new SpectrumSums(ranges, sqrtS, events, means, events > 0 ? null : $"no event in {string.Join(" and ", ranges)}");
    }

    /// <summary>Why masses cannot be those of a spectrum that ends at sqrt(s), with the number of them; null where they can.</summary>
    public static string? MassFailure(ReadOnlySpan<double> masses, double sqrtS)
    {
        var (notFinite, notPositive, tooLarge) = (0, 0, 0);
        foreach (var mass in masses)
        {
            notFinite += double.IsFinite(mass) ? 0 : 1;
            notPositive += mass <= 0 && double.IsFinite(mass) ? 1 : 0;
            tooLarge += mass >= sqrtS && double.IsFinite(mass) ? 1 : 0;
        }

        return notFinite > 0 ? $"{notFinite} of {masses.Length} masses are not finite"
            : notPositive > 0 ? $"{notPositive} of {masses.Length} masses are not above 0"
            : tooLarge == 0 ? null
            : FormattableString.Invariant($"{tooLarge} of {masses.Length} masses are not below sqrt(s) = {sqrtS}: check its unit");
    }

    /// <summary>Why a spectrum that ends at sqrt(s) cannot be fitted in the ranges; null where it can.</summary>
    internal static string? RangeFailure(IReadOnlyList<MassRange> ranges, double sqrtS)
    {
        if (!(double.IsFinite(sqrtS) && sqrtS > 0))
        {
            return FormattableString.Invariant($"sqrt(s) is {sqrtS}; it must be above 0");
        }

        if (ranges.Count == 0)
        {
            return "there is no range to fit in";
        }

        foreach (var range in ranges)
        {
            if (!(range.Low > 0 && range.Low < range.High && range.High < sqrtS))
            {
                return FormattableString.Invariant($"the range {range} must have a width and lie between 0 and sqrt(s) = {sqrtS}");
            }
        }

        return null;
    }

    // Moves a block into sums that remember what rounding took.
    private static void Add(Span<double> block, double[] sums, double[] lost)
    {
        for (var k = 0; k < sums.Length; k++)
        {
            var sum = sums[k] + block[k];
            lost[k] += Math.Abs(sums[k]) >= Math.Abs(block[k]) ? sums[k] - sum + block[k] : block[k] - sum + sums[k];
            (sums[k], block[k]) = (sum, 0);
        }
    }

    private static bool IsInside(MassRange[] ranges, double mass)
    {
        foreach (var range in ranges)
        {
            if (range.Contains(mass))
            {
                return true;
            }
        }

        return false;
    }
}
