using Sideband.Learning.Densities.Preprocessing;

namespace Sideband.Learning.Transport;

/// <summary>Events on one side of the signal region, in the order of their masses.</summary>
/// <param name="Rows">Numbers of the events.</param>
/// <param name="Mass">Standardised, ascending.</param>
internal sealed record MassSide(int[] Rows, float[] Mass)
{
    public int Count => Rows.Length;

    /// <summary>Both sides, the lower one first.</summary>
    /// <param name="events">The events.</param>
    /// <param name="rows">Those that count.</param>
    /// <param name="middle">A mass that no event is near: of the gap between the sides.</param>
    public static MassSide[] Both(StandardisedEvents events, ReadOnlySpan<int> rows, float middle)
    {
        var sorted = rows.ToArray();
        Array.Sort(sorted, (a, b) => events.Mass[a] != events.Mass[b] ? events.Mass[a].CompareTo(events.Mass[b]) : a.CompareTo(b));
        var mass = Array.ConvertAll(sorted, row => events.Mass[row]);
        var found = Array.BinarySearch(mass, middle);
        var below = found < 0 ? ~found : found;
        return [new MassSide(sorted[..below], mass[..below]), new MassSide(sorted[below..], mass[below..])];
    }

    /// <summary>The place of the first event at or above a mass.</summary>
    public int PlaceOf(float mass)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Mass[middle] < mass ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
