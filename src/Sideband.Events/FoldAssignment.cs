using Sideband.Numerics;

namespace Sideband.Events;

/// <summary>
/// The fold of an event, fixed by (seed, run, the event's identity) alone, over the whole mass range and for all windows and
/// methods, so that an event, or a copy of it, is never scored by a classifier that was trained on it, and scores of methods can be
/// combined.
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
        _start = SplitMix64.Mix(SplitMix64.Mix(seed) ^ (ulong)run);
    }

    public int Folds { get; }

    /// <summary>Fold, from 0, of an event.</summary>
    /// <param name="identity">See <see cref="EventTable.Identity"/>.</param>
    public int Of(ulong identity) => (int)Math.BigMul(SplitMix64.Mix(_start ^ identity), (ulong)Folds, out _);

    /// <summary>Fold, from 0, of every event of a table.</summary>
    public byte[] Of(EventTable events)
    {
        var identity = events.Identity;
        var folds = new byte[identity.Length];
        for (var i = 0; i < folds.Length; i++)
        {
            folds[i] = (byte)Of(identity[i]);
        }

        return folds;
    }
}
