using System.Globalization;
using Sideband.Events;

namespace Sideband.Search.Fits;

/// <summary>
/// The masses that fits use, judged on the spectrum before any cut. No function here describes a turn-on, so the range must begin above it.
/// </summary>
public static class FitRange
{
    // Of a window's width.
    private const int BinsPerWindow = 4;
    private const int FewestTailEvents = 25;
    private const double RiseInSigma = 5;

    /// <summary>
    /// In bins of a quarter of the narrowest window: from two bins above the beginning of the fullest one to where a bin has fewer than 25
    /// events.
    /// </summary>
    /// <param name="masses">Data before any cut, in (0, sqrt(s)).</param>
    /// <param name="width">Of the narrowest window.</param>
    /// <exception cref="ConfigurationException">There is no such range.</exception>
    public static MassInterval Default(ReadOnlySpan<double> masses, double width)
    {
        var spectrum = Spectrum.Of(masses, width / BinsPerWindow);
        var (first, last) = (spectrum.Fullest + 2, spectrum.Fullest);
        while (last < spectrum.Counts.Length && spectrum.Counts[last] >= FewestTailEvents)
        {
            last++;
        }

        return last > first
            ? new MassInterval(spectrum.Edge(first), spectrum.Edge(last))
            : throw new ConfigurationException(
                $"--mass-range: the spectrum has no falling part with {FewestTailEvents} events in a quarter of a window; give LOW:HIGH");
    }

    /// <summary>Refuses a range that no fit can use.</summary>
    /// <param name="range">The range.</param>
    /// <param name="masses">Data before any cut.</param>
    /// <param name="width">Of the narrowest window.</param>
    /// <param name="sqrtS">sqrt(s).</param>
    /// <exception cref="ConfigurationException">
    /// sqrt(s) is not above the largest mass or the range, or the spectrum rises inside of the range.
    /// </exception>
    public static void Check(MassInterval range, ReadOnlySpan<double> masses, double width, double sqrtS)
    {
        var inside = new List<double>();
        foreach (var mass in masses)
        {
            if (range.Contains(mass))
            {
                inside.Add(mass);
            }
        }

        if (!(sqrtS > range.High))
        {
            throw new ConfigurationException(Text($"--sqrt-s: {sqrtS} is not above the range of the fit, which ends at {range.High}"));
        }

        if (!(range.Low > 0) || inside.Count == 0)
        {
            throw new ConfigurationException(Text($"--mass-range: {range.Low}:{range.High} holds no events; masses must be above 0"));
        }

        var spectrum = Spectrum.Of([.. inside], width / BinsPerWindow, range.Low);
        double first = spectrum.Counts[0], most = spectrum.Counts[spectrum.Fullest];
        if (most - first > RiseInSigma * Math.Sqrt(most + first))
        {
            throw new ConfigurationException(Text(
                $"--mass-range: the spectrum rises from {first} events at {range.Low} to {most} at {spectrum.Edge(spectrum.Fullest)}: ")
                + "a turn-on, which no function of the fit describes; begin above it, for example "
                + Text($"{spectrum.Edge(spectrum.Fullest + 2)}:{range.High}"));
        }
    }

    /// <summary>Refuses sqrt(s) that data lie above.</summary>
    /// <exception cref="ConfigurationException">They do, or a mass is not above 0.</exception>
    public static void CheckMasses(ReadOnlySpan<double> masses, double sqrtS)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var mass in masses)
        {
            (low, high) = (Math.Min(low, mass), Math.Max(high, mass));
        }

        if (!(sqrtS > high))
        {
            throw new ConfigurationException(Text($"--sqrt-s: {sqrtS} is not above the largest mass of the data, {high:G6}"));
        }

        if (!(low > 0))
        {
            throw new ConfigurationException(Text($"fit: the smallest mass of the data is {low:G6}; the functions need masses above 0"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // Edges are whole multiples of the width, or of it from a beginning on.
    private sealed record Spectrum(decimal Width, decimal Begin, int[] Counts)
    {
        public int Fullest => Array.IndexOf(Counts, Counts.Max());

        public double Edge(int bin) => (double)(Begin + (bin * Width));

        public static Spectrum Of(ReadOnlySpan<double> masses, double width, double? begin = null)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var mass in masses)
            {
                (low, high) = (Math.Min(low, mass), Math.Max(high, mass));
            }

            // Through text of 15 digits, in which 0.1 is 0.1.
            var step = (decimal)width;
            var start = begin is { } given ? (decimal)given : step * Math.Floor((decimal)low / step);
            var counts = new int[1 + (int)(((decimal)high - start) / step)];
            var spectrum = new Spectrum(step, start, counts);
            double[] edges = [.. Enumerable.Range(0, counts.Length).Select(spectrum.Edge)];
            foreach (var mass in masses)
            {
                // The quotient may be a rounding off at an edge.
                var bin = Math.Clamp((int)((mass - (double)start) / width), 0, counts.Length - 1);
                bin -= bin > 0 && mass < edges[bin] ? 1 : 0;
                bin += bin < counts.Length - 1 && mass >= edges[bin + 1] ? 1 : 0;
                counts[bin]++;
            }

            return spectrum;
        }
    }
}
