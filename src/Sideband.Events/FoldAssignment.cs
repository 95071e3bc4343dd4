using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    // Their identities, of all columns, stay in the first-level cache.
    private const int BlockEvents = 1024;

    private readonly ConditionalWeakTable<EventTable, byte[]> _known = [];
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

    /// <summary>Fold, from 0, of every event of a table; found once for a table, as long as it lives.</summary>
    public ImmutableArray<byte> Of(EventTable events) => ImmutableCollectionsMarshal.AsImmutableArray(_known.GetValue(events, Find));

    private byte[] Find(EventTable events)
    {
        var folds = new byte[events.Count];
        Span<ulong> identity = stackalloc ulong[BlockEvents];
        for (var first = 0; first < folds.Length; first += BlockEvents)
        {
            var block = folds.AsSpan(first, Math.Min(BlockEvents, folds.Length - first));
            events.CopyIdentity(first, identity[..block.Length]);
            for (var i = 0; i < block.Length; i++)
            {
                block[i] = (byte)Of(identity[i]);
            }
        }

        return folds;
    }
}
