using System.Globalization;
using Sideband.Events;
using Sideband.Search.Settings;

namespace Sideband.Search.Checks;

/// <summary>
/// What else than the spectrum makes a window's counts uneven: a strip that reaches beyond the masses that there are, and edges that do
/// not fit rounded masses.
/// </summary>
internal static class SpectrumCause
{
    /// <summary>Part of a strip without masses that is no chance.</summary>
    private const double Tolerated = 0.1;

    /// <summary>Events of one mass, on average, from which on masses are taken for rounded.</summary>
    private const int EventsOfOneMass = 5;

    /// <summary>In words; null where there is none.</summary>
    public static string? Of(SearchSettings settings, EventTable data, WindowStrips strips)
    {
        var (low, high) = (strips.Beneath(strips.Width), strips.Beyond(strips.Width));
        var (lowest, highest) = (data.Mass[0], data.Mass[^1]);
        var (reach, mass) = (Tolerated * strips.Width, settings.Mass);
        return settings.MassRange is { } range && (low < range.Low || high > range.High)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"its strips reach from {low:G6} to {high:G6}, beyond mass_range, {range.Low:G6} to {range.High:G6}")
            : lowest > low + reach
            ? string.Create(CultureInfo.InvariantCulture, $"its lower strip begins at {low:G6}, and the lowest {mass} is {lowest:G6}")
            : highest < high - reach
            ? string.Create(CultureInfo.InvariantCulture, $"its upper strip ends at {high:G6}, and the highest {mass} is {highest:G6}")
            : Rounded(data, strips);
    }

    // Values of the mass in equal widths: as many in each where the edges fit.
    private static string? Rounded(EventTable data, WindowStrips strips)
    {
        var (region, half) = (strips.Region, strips.Width / 2);
        (Range Places, double Width)[] parts =
        [
            (strips.Between(strips.Beneath(strips.Width), strips.Beneath(half)), half),
            (strips.Between(strips.Beneath(half), region.Low), half),
            (strips.Inside, region.Width),
            (strips.Between(region.High, strips.Beyond(half)), half),
            (strips.Between(strips.Beyond(half), strips.Beyond(strips.Width)), half),
        ];
        int[] values = [.. parts.Select(part => Values(data, part.Places))];
        double[] densities = [.. parts.Select((part, i) => values[i] / part.Width)];
        return parts.Sum(part => WindowStrips.Count(part.Places)) > EventsOfOneMass * values.Sum()
            && densities.Max() > (1 + Tolerated) * densities.Min()
            ? $"masses are rounded, and its strips hold {values[0] + values[1]} and {values[3] + values[4]} of their values, in halves of "
                + $"{values[0]}, {values[1]}, {values[3]} and {values[4]}, the window {values[2]}: give edges that fit"
            : null;
    }

    private static int Values(EventTable data, Range places)
    {
        var mass = data.Mass[places];
        var count = 0;
        for (var i = 0; i < mass.Length; i++)
        {
            count += i == 0 || mass[i] != mass[i - 1] ? 1 : 0;
        }

        return count;
    }
}
