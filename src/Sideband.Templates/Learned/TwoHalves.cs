using Sideband.Events;
using Sideband.Templates.Quality;

namespace Sideband.Templates.Learned;

/// <summary>
/// Few events are learned in two halves: what is learned from one makes the events that train the classifier, what is learned from the
/// other those that set its threshold. With one for both, the classifier would find the places where the template has too little by
/// chance, and the threshold would miss the same events there: a third of a sigma of excess for 7,000 sideband events, where two halves
/// give an eighth (docs/development/performance-densities.md).
/// </summary>
internal static class TwoHalves
{
    /// <summary>Fewer events than this are learned in two densities: of 45,000 rows two are better than one, of 300,000 worse.</summary>
    public const int FewOfDensity = 50_000;

    /// <summary>
    /// Fewer than this are learned in two transports: of 8,000 rows two are better than one, of 15,000 neither, of 45,000 they are worse.
    /// </summary>
    public const int FewOfTransport = 12_000;

    // Half of fewer events teaches too little.
    private const int Fewest = 4000;

    /// <summary>Whether so many events are learned in two halves.</summary>
    /// <param name="events">Of which there are two halves.</param>
    /// <param name="few">One of the limits above.</param>
    public static bool Suit(int events, int few) => events >= Fewest && events < few;

    /// <summary>Whether an event belongs to the second half; copies of an event share a half.</summary>
    public static bool[] Of(EventTable events, ulong salt) => ComparedSample.Halves(events, salt);

    /// <summary>What each event is judged by: what was learned from the half that it does not belong to.</summary>
    /// <param name="first">[feature][event] by the first half.</param>
    /// <param name="other">The same by the second.</param>
    /// <param name="second">As <see cref="Of"/> gives it.</param>
    public static float[][] NotLearned(float[][] first, float[][] other, bool[] second) =>
        [.. first.Zip(other, (column, more) => column.Select((value, row) => second[row] ? value : more[row]).ToArray())];

    /// <summary>The events of one half.</summary>
    public static EventTable Half(EventTable events, bool second, ulong salt)
    {
        var halves = Of(events, salt);
        return events.Select([.. Enumerable.Range(0, halves.Length).Where(row => halves[row] == second)]);
    }
}
