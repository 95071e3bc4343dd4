using Sideband.Inference.Metrics;
using Sideband.Numerics;

namespace Sideband.Search.Checks;

/// <summary>
/// Events of neighbouring masses: how often each mass, each combination of features and both are there. An event that is there far more
/// often than its mass and its features make it is one event for what chance makes: shuffled with all its copies it would meet itself.
/// </summary>
internal sealed class CopiedEvents
{
    /// <summary>An event that is there so often may be taken out; fewer copies hardly meet each other when they are shuffled.</summary>
    public const int Often = 5;

    // So improbable is what is taken out.
    private const double Chance = 1e-9;

    private readonly List<int> _masses = [];
    private readonly List<(int Mass, ulong Features, int Count)> _both = [];

    /// <summary>Number of different masses.</summary>
    public int Masses => _masses.Count;

    /// <summary>Takes in all events of one mass.</summary>
    public void Add(ReadOnlySpan<ulong> features)
    {
        var mass = _masses.Count;
        _masses.Add(features.Length);
        if (features.Length > 1)
        {
            foreach (var (value, count) in Multiplicities(features))
            {
                _both.Add((mass, value, count));
            }
        }
    }

    /// <summary>The pairs that are equal in both, beside those that chance makes.</summary>
    /// <param name="features">Of all events that were taken in.</param>
    public Coincidences Close(ReadOnlySpan<ulong> features)
    {
        // Most tables have no equal masses: nothing is sorted for them.
        if (_masses.TrueForAll(count => count == 1))
        {
            return default;
        }

        var ofFeatures = Multiplicities(features).ToDictionary(entry => entry.Value, entry => entry.Count);
        int[] ofMasses = [.. _masses];
        var events = features.Length;
        foreach (var (mass, value, count) in _both.Where(cell => cell.Count >= Often))
        {
            // As many as the events of its mass with other features and of its features at other masses foretell, beside those of neither;
            // what they may be too few by chance counts for it.
            var (sameMass, sameFeatures) = (ofMasses[mass] - count, ofFeatures[value] - count);
            var neither = Math.Max(1, events - sameMass - sameFeatures - count);
            if (IncompleteGamma.Lower(count, AtMost(sameMass) * AtMost(sameFeatures) / neither) < Chance)
            {
                ofMasses[mass] -= count - 1;
                ofFeatures[value] -= count - 1;
                events -= count - 1;
            }
        }

        return events < Coincidences.FewestEvents ? new Coincidences(Pairs(), 0, 0)
            : Coincidences.Of(events, ofMasses.Where(count => count > 1), ofFeatures.Values.Where(count => count > 1), []) with
            {
                Pairs = Pairs(),
            };
    }

    private static double AtMost(int count) => count + (3 * Math.Sqrt(count)) + 5;

    private double Pairs() => _both.Sum(cell => 0.5 * cell.Count * (cell.Count - 1));

    private static List<(ulong Value, int Count)> Multiplicities(ReadOnlySpan<ulong> values)
    {
        var found = new List<(ulong, int)>();
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
                found.Add((sorted[first], end - first));
            }
        }

        return found;
    }
}
