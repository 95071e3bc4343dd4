using Sideband.Learning.Boosting;
using Sideband.Learning.Densities.FlowMatching;
using Sideband.Learning.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Transport;

/// <summary>
/// Paths from source events (t = 1) to target events (t = 0). A group of targets of nearly one mass gets sources of nearly one mass, and
/// the paths of a group are uncrossed, so that at every mass, or pair of masses, source and target keep their distributions and the
/// paths are as short as can be. Pairs never reach over the signal region unless they are meant to.
/// </summary>
internal sealed unsafe class EventPairs : IPathEnds
{
    /// <summary>Largest group.</summary>
    private const int MostRows = 256;

    /// <summary>A group holds at most this part of the events, and at least one vector: within it the mass must hardly change.</summary>
    private const int FewestGroups = 512;

    private readonly PairedEvents _events;
    private readonly MassSide[] _targetSides;
    private readonly MassSide[] _sourceSides;
    private readonly int _groupRows;
    private readonly RandomStream[] _streams;
    private readonly Group[] _groups;

    /// <param name="events">Targets and sources.</param>
    /// <param name="streams">Pairs of each part of the training targets.</param>
    /// <param name="validationStream">Pairs of the validation: the same in every epoch.</param>
    public EventPairs(PairedEvents events, RandomStream[] streams, RandomStream validationStream)
    {
        (_events, _streams) = (events, streams);
        var (targets, sources, middle) = (events.Targets, events.Sources, events.Middle);
        _targetSides = MassSide.Both(targets, events.Training, middle);
        int[] all = [.. Enumerable.Range(0, sources.Count)];
        _sourceSides = MassSide.Both(sources, all, middle);
        _groupRows = Math.Clamp(targets.Count / FewestGroups / VectorMath.Lanes * VectorMath.Lanes, VectorMath.Lanes, MostRows);
        _groups = [.. streams.Select(_ => new Group(targets.Dimensions, _groupRows))];
        Others = new float[targets.Count * targets.Dimensions];
        Masses = new float[targets.Count * events.MassesOfPair];
        Draw(MassSide.Both(targets, events.Validation, middle), 0, 1, validationStream, _groups[0]);
    }

    public int Count => _events.Targets.Count;

    public float[] Data => _events.Targets.Features;

    public float[] Others { get; }

    /// <summary>The target's mass and, where the source has another, that one.</summary>
    public float[] Masses { get; }

    public float Sigma => 0;

    public int Parts => _streams.Length;

    public double Time(double u) => u;

    /// <summary>New sources for a part of the targets; allocates nothing.</summary>
    public void Draw(int part) => Draw(_targetSides, part, Parts, _streams[part], _groups[part]);

    private void Draw(MassSide[] sides, int part, int parts, RandomStream stream, Group group)
    {
        foreach (var side in sides)
        {
            var (begin, end) = ((int)((long)side.Count * part / parts), (int)((long)side.Count * (part + 1) / parts));

            // Groups begin elsewhere in every draw.
            for (var first = begin - stream.NextInt(_groupRows); first < end; first += _groupRows)
            {
                var (from, until) = (Math.Max(first, begin), Math.Min(first + _groupRows, end));
                var order = group.Order.AsSpan(0, Math.Max(0, until - from));
                if (_events.Choice == PairChoice.AnyMass)
                {
                    ChooseAnywhere(order, stream);
                }
                else
                {
                    ChooseNearest(side, _sourceSides[side == sides[0] ? 0 : 1], from, order, stream);
                }

                Pair(side.Rows.AsSpan(Math.Max(from, 0), order.Length), order, group);
            }
        }
    }

    // A source at random among the nearest ones, reflected at the ends of the side.
    private void ChooseNearest(MassSide targets, MassSide sources, int from, Span<int> chosen, RandomStream stream)
    {
        var width = Math.Min(_groupRows, sources.Count);
        for (var i = 0; i < chosen.Length; i++)
        {
            var place = sources.PlaceOf(targets.Mass[from + i]) - (width / 2) + stream.NextInt(width);
            place = place < 0 ? -1 - place : place >= sources.Count ? (2 * sources.Count) - 1 - place : place;
            chosen[i] = sources.Rows[place];
        }
    }

    // Neighbours in mass around a random source.
    private void ChooseAnywhere(Span<int> chosen, RandomStream stream)
    {
        var place = stream.NextInt(_events.Sources.Count);
        var side = _sourceSides[place < _sourceSides[0].Count ? 0 : 1];
        place -= side == _sourceSides[0] ? 0 : _sourceSides[0].Count;
        var first = Math.Clamp(place - (chosen.Length / 2), 0, Math.Max(0, side.Count - chosen.Length));
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i] = side.Rows[(first + i) % side.Count];
        }
    }

    private void Pair(ReadOnlySpan<int> rows, Span<int> sources, Group group)
    {
        var (d, n) = (_events.Targets.Dimensions, rows.Length / VectorMath.Lanes * VectorMath.Lanes);
        var x = group.Columns.Pointer;
        var z = x + (d * n);
        for (var i = 0; i < n; i++)
        {
            for (var f = 0; f < d; f++)
            {
                x[(f * n) + i] = _events.Targets.Features[(rows[i] * d) + f];
                z[(f * n) + i] = _events.Sources.Features[(sources[i] * d) + f];
            }
        }

        PathUncrossing.Run(x, z, d, n, sources[..n]);
        var masses = _events.MassesOfPair;
        for (var i = 0; i < rows.Length; i++)
        {
            _events.Sources.Features.AsSpan(sources[i] * d, d).CopyTo(Others.AsSpan(rows[i] * d));
            Masses[rows[i] * masses] = _events.Targets.Mass[rows[i]];
            if (masses > 1)
            {
                Masses[(rows[i] * masses) + 1] = _events.Sources.Mass[sources[i]];
            }
        }
    }

    private sealed class Group(int dimensions, int rows)
    {
        public AlignedArray<float> Columns { get; } = new(2 * dimensions * rows);

        public int[] Order { get; } = new int[rows];
    }
}
