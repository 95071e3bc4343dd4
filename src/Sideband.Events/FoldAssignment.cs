namespace Sideband.Events;

/// <summary>
/// The fold of an event, fixed by (seed, run, the event's identity) alone, over the whole mass range and for all windows and
/// methods, so that an event is never scored by a classifier that was trained on it and scores of methods can be combined.
/// </summary>
/// <remarks>The hash of the three is uniform, so fold sizes fluctuate binomially.</remarks>
public sealed class FoldAssignment
{
    private readonly ulong _start;

    /// <param name="seed">Seed of the search.</param>
    /// <param name="run">Run, from 1.</param>
    /// <param name="folds">Number of folds, at least 2.</param>
    public FoldAssignment(ulong seed, int run, int folds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        Folds = folds;
        _start = Mix(Mix(seed) ^ (ulong)run);
    }

    public int Folds { get; }

    /// <summary>Fold, from 0, of the event in the given row of the source with the given key.</summary>
    public int Of(ulong sourceKey, int row) => (int)Math.BigMul(Mix(Mix(_start ^ sourceKey) + (ulong)(uint)row), (ulong)Folds, out _);

    /// <summary>Fold, from 0, of every event of a table.</summary>
    public byte[] Of(EventTable events)
    {
        var keys = events.Sources.Select(source => source.Key).ToArray();
        var folds = new byte[events.Count];
        for (var i = 0; i < folds.Length; i++)
        {
            folds[i] = (byte)Of(keys[events.SourceIndex[i]], events.Rows[i]);
        }

        return folds;
    }

    // splitmix64's finaliser (Steele, Lea and Flood, OOPSLA 2014): a bijection of 64 bits with full avalanche.
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
