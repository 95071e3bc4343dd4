using System.Globalization;
using Sideband.Events;
using Sideband.Inference.Metrics;
using Sideband.Numerics;
using Sideband.Search.Results;
using Sideband.Search.Settings;
using Sideband.Templates;

namespace Sideband.Search.Checks;

/// <summary>
/// Events that are in a table several times, beyond what rounded columns make by chance: pairs of equal mass and features against the
/// number of them where features are shuffled among events of nearly equal mass (<see cref="Coincidences"/>).
/// </summary>
internal static class CopyCheck
{
    public const string Name = "copies";

    /// <summary>
    /// Events and masses that features are shuffled among. Of pairs of true copies about two in as many events are taken for chance, so
    /// more events are better; features change with the mass, so fewer are. With 64 to 1024 no table of rounded, integer or binary features
    /// that was tried reached 4 sigma, unless a feature was the mass itself, rounded.
    /// </summary>
    private const int FewestEvents = 256, FewestMasses = 4;

    /// <summary>5 sigma.</summary>
    private const double Deviations = 5;

    /// <summary>
    /// Where copies and events that are equal by chance cannot be told apart, all of them share a fold. Of this many equal others to an
    /// event, folds hold so many too few or too many of a kind that counts move.
    /// </summary>
    private const double ToleratedByChance = 0.1;

    /// <param name="role">The table's role.</param>
    /// <param name="events">In canonical order.</param>
    /// <returns>What was found, and the variance of a count of these events over its mean, F = 1 + 2 (pairs of copies)/N.</returns>
    public static (CheckResult Result, double CountVariance) Of(string role, EventTable events)
    {
        var found = Count(events);
        var (copies, certain, probability) = (Math.Max(0, found.Pairs - found.Expected), IsCertain(found), found.TailProbability);
        var variance = certain ? 1 + (2 * copies / events.Count) : 1;
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{role}: {found.Pairs:0} pairs of events are equal in mass and all features, where chance makes {found.Expected:0.#}")
            + (certain
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $": about {copies:0} of them, among {events.Count} events, are pairs of copies, and errors of counts are "
                    + $"{Math.Sqrt(variance):0.00} times larger")
                : "");
        return (
            new CheckResult(
                Name,
                role,
                null,
                null,
                copies,
                null,
                probability is > 0 and < 1 ? -NormalDistribution.Quantile(probability) : null,
                certain ? CheckResult.Warning : CheckResult.Ok,
                reason),
            variance);
    }

    /// <summary>
    /// Windows of data with copies whose counts have no error that could be stated: one event is there so often that it alone moves a
    /// count, or as many events are equal by chance.
    /// </summary>
    /// <param name="settings">The search's.</param>
    /// <param name="data">In canonical order.</param>
    /// <param name="countVariance">Of the data, see <see cref="Of"/>: without copies no window is looked at.</param>
    public static IEnumerable<CheckResult> InWindows(SearchSettings settings, EventTable data, double countVariance)
    {
        if (countVariance <= 1)
        {
            yield break;
        }

        var others = 2 * ByChance(data) / data.Count;
        var efficiency = settings.WorkingPoints.Min();
        foreach (var window in settings.Windows.Windows)
        {
            var strips = new WindowStrips(data, window, settings.SidebandWidth);
            var most = MostCopies(data, strips.Lower.Start.Value..strips.Upper.End.Value);
            var expected = efficiency * WindowStrips.Count(strips.Inside);
            if (others > ToleratedByChance)
            {
                yield return Withheld(window, others, ToleratedByChance, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{window.Name}: an event has {others:0.0} equal ones by chance, beside copies: which are copies cannot be told, and "
                    + $"counts of all of them together have no error that could be stated"));
            }
            else if (most >= CopiedEvents.Often && (double)most * most > expected)
            {
                yield return Withheld(window, most, CopiedEvents.Often, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{window.Name}: one event is there {most} times, where {expected:0.#} events are expected behind the smallest cut"));
            }
        }
    }

    /// <summary>Whether some of the events are copies of others, beyond doubt.</summary>
    public static bool HasCopies(EventTable events) => IsCertain(Count(events));

    /// <summary>Pairs of events equal in mass and all features that the granularity of the columns makes.</summary>
    public static double ByChance(EventTable events) => Count(events).Expected;

    private static bool IsCertain(Coincidences found) => found.TailProbability < NormalDistribution.UpperTail(Deviations);

    private static CheckResult Withheld(MassWindow window, double value, double limit, string reason) => new(
        Name, InputRole.Data.Name, window.Number, null, value, limit, null, CheckResult.NoClaim, reason);

    // Of the events between two places, how often the one is there that is there most often.
    private static int MostCopies(EventTable data, Range places)
    {
        var (first, count) = (places.Start.Value, places.End.Value - places.Start.Value);
        var identity = data.Identity.Slice(first, count);
        var (most, same) = (0, 0);
        for (var i = 0; i < identity.Length; i++)
        {
            same = i > 0 && identity[i] == identity[i - 1] ? same + 1 : 1;
            most = Math.Max(most, same);
        }

        return most;
    }

    private static Coincidences Count(EventTable events)
    {
        var mass = events.Mass;
        var features = EventIdentity.OfFeatures(events);
        var sum = default(Coincidences);
        var group = new CopiedEvents();
        for (int first = 0, end = 0; end < mass.Length;)
        {
            var begin = end;
            while (end < mass.Length && mass[end] == mass[begin])
            {
                end++;
            }

            group.Add(features.AsSpan(begin, end - begin));

            // What would be left over at the end joins the last group.
            if (end - first >= FewestEvents && group.Masses >= FewestMasses && mass.Length - end >= FewestEvents)
            {
                sum += group.Close(features.AsSpan(first, end - first));
                (first, group) = (end, new CopiedEvents());
            }
            else if (end == mass.Length && end - first >= Coincidences.FewestEvents)
            {
                sum += group.Close(features.AsSpan(first, end - first));
            }
        }

        return sum;
    }
}
