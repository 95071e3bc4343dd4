using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>Settings of a <see cref="BumpHunterScan"/>.</summary>
public sealed record BumpHunterSettings
{
    /// <summary>Narrowest interval, bins; 1 or more, default 2.</summary>
    public int NarrowestBins { get; init; } = 2;

    /// <summary>Widest interval, bins; at least the narrowest, default 6.</summary>
    public int WidestBins { get; init; } = 6;

    /// <summary>True: the reference is scaled, interval by interval, to the data outside of the interval. Default false.</summary>
    public bool NormaliseToSidebands { get; init; }

    /// <summary>Toys for the global p-value; 0 for none, default 10,000.</summary>
    public int Toys { get; init; } = 10_000;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(NarrowestBins, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(WidestBins, NarrowestBins);
        ArgumentOutOfRangeException.ThrowIfNegative(Toys);
    }
}

/// <summary>
/// BumpHunter (G. Choudalakis, arXiv:1101.0390) on given histograms: of all intervals of some widths the one whose excess over the
/// reference is least likely. Local p = P(Poisson(N_ref) >= N_obs) = regularised lower gamma function P(N_obs, N_ref).
/// </summary>
/// <param name="FirstBin">Number of the interval's first bin, from 0.</param>
/// <param name="Bins">Width of the interval, bins.</param>
/// <param name="Observed">Data events in it.</param>
/// <param name="Expected">Reference events in it, scaled if that was asked for.</param>
/// <param name="LocalPValue">Of this interval; undefined, with the reason, where no interval has an excess.</param>
/// <param name="GlobalPValue">(1 + toys of the reference with an interval at least as unlikely)/(1 + toys); undefined without toys.</param>
/// <param name="Intervals">Intervals that were tried.</param>
/// <param name="WithoutReference">Intervals with data but no reference events: no p-value can be given, and they are left out.</param>
/// <param name="BeyondReference">
/// Data events in bins below the first and above the last with reference events, which are not looked at.
/// </param>
public sealed record BumpHunterScan(
    int FirstBin,
    int Bins,
    double Observed,
    double Expected,
    Measured LocalPValue,
    Measured GlobalPValue,
    int Intervals,
    int WithoutReference,
    double BeyondReference)
{
    /// <summary>Data events above the reference.</summary>
    public double Excess => Observed - Expected;

    /// <summary>Scans. Bins below the first and above the last with reference events are not looked at.</summary>
    /// <param name="counts">Data events of every bin, at least 0.</param>
    /// <param name="reference">Reference events of every bin, at least 0, some above 0.</param>
    /// <param name="settings">Widths, normalisation, toys.</param>
    /// <param name="streams">Draw the toys.</param>
    public static BumpHunterScan Of(
        ReadOnlySpan<double> counts, ReadOnlySpan<double> reference, BumpHunterSettings settings, ToyStreams streams)
    {
        settings.Check();
        ArgumentOutOfRangeException.ThrowIfNotEqual(reference.Length, counts.Length);
        if (InputFailure(counts, reference) is { } reason)
        {
            return None(reason, 0, 0, 0);
        }

        var first = reference.IndexOfAnyExcept(0.0);
        var last = reference.LastIndexOfAnyExcept(0.0);
        double[] data = [.. counts[first..(last + 1)]], expected = [.. reference[first..(last + 1)]];
        var beyond = ((double[])[.. counts[..first], .. counts[(last + 1)..]]).Sum();
        var best = (P: 1.0, First: 0, Bins: 0, Observed: 0.0, Expected: 0.0);
        var (intervals, withoutReference) = (0, 0);
        foreach (var (start, bins, n, b) in IntervalsOf(data, expected, settings))
        {
            intervals++;
            withoutReference += n > 0 && b <= 0 ? 1 : 0;
            if (n > b && b > 0 && IncompleteGamma.Lower(n, b, best.P) is var p && p < best.P)
            {
                best = (p, start + first, bins, n, b);
            }
        }

        if (best.Bins == 0)
        {
            var none = intervals == 0 ? $"{data.Length} bins hold no interval of {settings.NarrowestBins}" : "no interval has an excess";
            return None(none, intervals, withoutReference, beyond);
        }

        return new BumpHunterScan(
            best.First,
            best.Bins,
            best.Observed,
            best.Expected,
            Measured.Of(best.P),
            Global(best.P, expected, settings, streams),
            intervals,
            withoutReference,
            beyond);
    }

    private static Measured Global(double observed, double[] expected, BumpHunterSettings settings, ToyStreams streams)
    {
        if (settings.Toys == 0)
        {
            return Measured.Undefined("no toys were asked for");
        }

        var asUnlikely = 0;
        for (var toy = 0; toy < settings.Toys; toy++)
        {
            foreach (var (_, _, n, b) in IntervalsOf(ToyStreams.Counts(streams[toy], expected), expected, settings))
            {
                // The sum for P stops once it is above the data's: most intervals cost one term.
                if (n > b && b > 0 && IncompleteGamma.Lower(n, b, observed) <= observed)
                {
                    asUnlikely++;
                    break;
                }
            }
        }

        return Measured.Of((1.0 + asUnlikely) / (1 + settings.Toys));
    }

    private static IEnumerable<(int First, int Bins, double Observed, double Expected)> IntervalsOf(
        double[] counts, double[] reference, BumpHunterSettings settings)
    {
        var (allCounts, allReference) = (counts.Sum(), reference.Sum());
        for (var bins = settings.NarrowestBins; bins <= Math.Min(settings.WidestBins, counts.Length); bins++)
        {
            for (var first = 0; first + bins <= counts.Length; first++)
            {
                var (n, b) = (0.0, 0.0);
                for (var bin = first; bin < first + bins; bin++)
                {
                    n += counts[bin];
                    b += reference[bin];
                }

                var scale = settings.NormaliseToSidebands && allReference > b ? (allCounts - n) / (allReference - b) : 1;
                yield return (first, bins, n, scale * b);
            }
        }
    }

    private static string? InputFailure(ReadOnlySpan<double> counts, ReadOnlySpan<double> reference)
    {
        for (var bin = 0; bin < counts.Length; bin++)
        {
            if (!(double.IsFinite(counts[bin]) && counts[bin] >= 0 && double.IsFinite(reference[bin]) && reference[bin] >= 0))
            {
                return FormattableString.Invariant($"bin {bin} holds {counts[bin]} data and {reference[bin]} reference events");
            }
        }

        return reference.ContainsAnyExcept(0.0) ? null : "the reference holds no event";
    }

    private static BumpHunterScan None(string reason, int intervals, int withoutReference, double beyond) =>
        new(0, 0, 0, 0, Measured.Undefined(reason), Measured.Undefined(reason), intervals, withoutReference, beyond);
}
