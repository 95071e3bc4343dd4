using System.Globalization;

namespace Sideband.Search.Proposals;

/// <summary>Windows for a spectrum that nothing is known of: from its peak on, about a sixth of it wide, two to a width.</summary>
/// <param name="Text">START:STOP:STEP:WIDTH.</param>
/// <param name="FewestEvents">Events in the emptiest window.</param>
internal sealed record WindowProposal(string Text, int FewestEvents)
{
    // What training with five folds needs, and what a window at the end of the range should have.
    private const int Needed = 300, Wanted = 1000;

    // Beyond these quantiles a spectrum has few events to stand for the background.
    private const double Low = 0.02, High = 0.97;

    private const int Bins = 40;

    /// <param name="masses">In any order.</param>
    /// <returns>Null where no window would hold enough events.</returns>
    public static WindowProposal? Of(double[] masses)
    {
        double[] sorted = [.. masses.Order()];
        if (sorted.Length < Needed || !(sorted[^1] > sorted[0]))
        {
            return null;
        }

        var (low, high) = (sorted[(int)(Low * sorted.Length)], sorted[(int)(High * sorted.Length)]);
        var start = (decimal)Math.Max(low, Peak(sorted, low, high));
        var width = RoundDown(((decimal)high - start) / 6);
        if (width <= 0)
        {
            return null;
        }

        // Half a width on either side is left for the sidebands.
        var step = width / 2;
        var first = Math.Ceiling((start + width) / step) * step;
        var last = Math.Max(first, Math.Floor(((decimal)high - width) / step) * step);
        while (last > first && Events(last) < Wanted)
        {
            last -= step;
        }

        var fewest = int.MaxValue;
        for (var centre = first; centre <= last; centre += step)
        {
            fewest = Math.Min(fewest, Events(centre));
        }

        return fewest < Needed ? null : new WindowProposal($"{Written(first)}:{Written(last)}:{Written(step)}:{Written(width)}", fewest);

        int Events(decimal centre) => Below((double)(centre + (width / 2))) - Below((double)(centre - (width / 2)));

        int Below(double mass)
        {
            var place = Array.BinarySearch(sorted, mass);
            return place >= 0 ? place : ~place;
        }
    }

    // The lower edge of the first of a few bins that is as high as any within its fluctuations: before it a threshold rises.
    private static double Peak(double[] sorted, double low, double high)
    {
        var counts = new int[Bins];
        var width = (high - low) / Bins;
        foreach (var mass in sorted)
        {
            if (mass >= low && mass < high)
            {
                counts[Math.Min((int)((mass - low) / width), Bins - 1)]++;
            }
        }

        var highest = counts.Max();
        return low + (Array.FindIndex(counts, count => count >= highest - (3 * Math.Sqrt(highest))) * width);
    }

    // 1, 2 or 5 times a power of ten.
    private static decimal RoundDown(decimal value)
    {
        if (value < 1e-12m)
        {
            return 0;
        }

        var decade = 1m;
        while (decade > value)
        {
            decade /= 10;
        }

        while (decade * 10 <= value)
        {
            decade *= 10;
        }

        return decade * (value >= 5 * decade ? 5 : value >= 2 * decade ? 2 : 1);
    }

    private static string Written(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
