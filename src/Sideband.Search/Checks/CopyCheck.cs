using System.Globalization;
using Sideband.Events;
using Sideband.Inference.Metrics;
using Sideband.Numerics;
using Sideband.Search.Results;

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

    /// <param name="role">The table's role.</param>
    /// <param name="events">In canonical order.</param>
    /// <returns>What was found, and the variance of a count of these events over its mean, F = 1 + 2 (pairs of copies)/N.</returns>
    public static (CheckResult Result, double CountVariance) Of(string role, EventTable events)
    {
        var found = Count(events);
        var copies = Math.Max(0, found.Pairs - found.Expected);
        var probability = found.TailProbability;
        var certain = probability < NormalDistribution.UpperTail(Deviations);
        var variance = certain ? 1 + (2 * copies / events.Count) : 1;
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{role}: {found.Pairs:0} pairs of events are equal in mass and all features, where chance makes {found.Expected:0.#}")
            + (certain
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $": about {copies:0} of {events.Count} events are copies, and errors of counts are "
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

    /// <summary>Pairs of events equal in mass and all features that the granularity of the columns makes.</summary>
    public static double ByChance(EventTable events) => Count(events).Expected;

    private static Coincidences Count(EventTable events)
    {
        var mass = events.Mass;
        var features = EventIdentity.OfFeatures(events);
        var sum = default(Coincidences);
        var group = new MassGroup();
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
                (first, group) = (end, new MassGroup());
            }
            else if (end == mass.Length && end - first >= Coincidences.FewestEvents)
            {
                sum += group.Close(features.AsSpan(first, end - first));
            }
        }

        return sum;
    }

    // Events of neighbouring masses; multiplicities above 1 of the masses, and of the features within one mass.
    private sealed class MassGroup
    {
        private readonly List<int> _masses = [];
        private readonly List<int> _both = [];

        public int Masses { get; private set; }

        public void Add(ReadOnlySpan<ulong> features)
        {
            Masses++;
            if (features.Length > 1)
            {
                _masses.Add(features.Length);
                Multiplicities(features, _both);
            }
        }

        public Coincidences Close(ReadOnlySpan<ulong> features)
        {
            // Most tables have no equal masses: nothing is sorted for them.
            if (_masses.Count == 0)
            {
                return default;
            }

            var alone = new List<int>();
            Multiplicities(features, alone);
            return Coincidences.Of(features.Length, _masses, alone, _both);
        }

        private static void Multiplicities(ReadOnlySpan<ulong> values, List<int> found)
        {
            var sorted = values.ToArray();
            sorted.AsSpan().Sort();
            for (int first = 0, end = 0; first < sorted.Length; first = end)
            {
                while (end < sorted.Length && sorted[end] == sorted[first])
                {
                    end++;
                }

                if (end - first > 1)
                {
                    found.Add(end - first);
                }
            }
        }
    }
}
