using System.Runtime.Intrinsics;
using Sideband.Learning.Boosting;
using Sideband.Learning.Densities.Preprocessing;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>
/// Draws the noise of training events and hands it out within groups of events of nearly the same mass, so that the paths from events
/// to noise hardly cross: an exchange of the noise of two events is made wherever it shortens the sum of the squared paths (Tong et al.,
/// arXiv:2302.00482; Pooladian et al., arXiv:2304.14772). Each group keeps the noise that was drawn for it, so that at every mass the
/// noise stays N(0, 1); the paths become straighter, which lowers the variance of the gradient and the steps of the solver.
/// </summary>
internal sealed unsafe class NoiseCoupling
{
    /// <summary>Largest group.</summary>
    private const int MostRows = 256;

    /// <summary>A group holds at most this part of all events: within it the mass must hardly change.</summary>
    private const int FewestGroups = 512;

    /// <summary>Tours through a group; most groups have no exchange left to make after fewer.</summary>
    private const int Tours = 12;

    private readonly StandardisedEvents _events;
    private readonly float[] _noise;
    private readonly int[] _rowsByMass;
    private readonly int _groupRows;
    private readonly RandomStream[] _streams;
    private readonly AlignedArray<float>[] _groups;

    /// <param name="events">The events.</param>
    /// <param name="noise">Written by <see cref="Draw"/>: the noise of event i at [i * dimensions].</param>
    /// <param name="rows">The events that get noise.</param>
    /// <param name="streams">One for each of the parts into which the events are cut, which can be drawn at the same time.</param>
    public NoiseCoupling(StandardisedEvents events, float[] noise, ReadOnlySpan<int> rows, RandomStream[] streams)
    {
        (_events, _noise) = (events, noise);
        _rowsByMass = rows.ToArray();
        Array.Sort(_rowsByMass, (a, b) => events.Mass[a] != events.Mass[b] ? events.Mass[a].CompareTo(events.Mass[b]) : a.CompareTo(b));
        _groupRows = Math.Min(MostRows, rows.Length / FewestGroups / Lanes * Lanes);
        _streams = streams;
        _groups = [.. streams.Select(_ => new AlignedArray<float>(2 * events.Dimensions * _groupRows))];
    }

    public int Parts => _streams.Length;

    private static int Lanes => Vector512<float>.Count;

    /// <summary>New noise for a part of the events; allocates nothing.</summary>
    public void Draw(int part)
    {
        var stream = _streams[part];
        var (begin, end) = (Begin(part), Begin(part + 1));
        var d = _events.Dimensions;
        foreach (var row in _rowsByMass.AsSpan(begin, end - begin))
        {
            for (var f = 0; f < d; f++)
            {
                _noise[(row * d) + f] = (float)stream.NextGaussian();
            }
        }

        if (_groupRows == 0)
        {
            return;
        }

        // Groups begin elsewhere in every draw; what is left at the ends keeps its noise.
        var x = _groups[part].Pointer;
        for (var group = begin + stream.NextInt(_groupRows); group + _groupRows <= end; group += _groupRows)
        {
            Uncross(_rowsByMass.AsSpan(group, _groupRows), x, x + (d * _groupRows));
        }
    }

    private int Begin(int part) => (int)((long)_rowsByMass.Length * part / Parts);

    private void Uncross(ReadOnlySpan<int> rows, float* x, float* z)
    {
        var (d, n) = (_events.Dimensions, rows.Length);
        for (var i = 0; i < n; i++)
        {
            for (var f = 0; f < d; f++)
            {
                x[(f * n) + i] = _events.Features[(rows[i] * d) + f];
                z[(f * n) + i] = _noise[(rows[i] * d) + f];
            }
        }

        for (var tour = 0; tour < Tours; tour++)
        {
            var exchanges = 0;
            for (var i = 0; i < n; i++)
            {
                if (Partner(x, z, d, n, i) is >= 0 and var j)
                {
                    exchanges++;
                    for (var f = 0; f < d; f++)
                    {
                        (z[(f * n) + i], z[(f * n) + j]) = (z[(f * n) + j], z[(f * n) + i]);
                    }
                }
            }

            if (exchanges == 0)
            {
                break;
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var f = 0; f < d; f++)
            {
                _noise[(rows[i] * d) + f] = z[(f * n) + i];
            }
        }
    }

    // The exchange of z_i and z_j changes the sum of squared paths by 2 (x_i - x_j) (z_i - z_j): the j where this is least; -1 if it is
    // nowhere negative.
    private static int Partner(float* x, float* z, int d, int n, int i)
    {
        var least = Vector512<float>.Zero;
        var partner = Vector512.Create(-1);
        for (var j = 0; j < n; j += Lanes)
        {
            var change = Vector512<float>.Zero;
            for (var f = 0; f < d; f++)
            {
                var xf = x + (f * n);
                var zf = z + (f * n);
                change = Vector512.FusedMultiplyAdd(
                    Vector512.Create(xf[i]) - Vector512.Load(xf + j),
                    Vector512.Create(zf[i]) - Vector512.Load(zf + j),
                    change);
            }

            var less = Vector512.LessThan(change, least);
            least = Vector512.ConditionalSelect(less, change, least);
            partner = Vector512.ConditionalSelect(less.AsInt32(), Vector512.Create(j), partner);
        }

        var (best, lowest) = (-1, 0f);
        for (var lane = 0; lane < Lanes; lane++)
        {
            if (least.GetElement(lane) < lowest)
            {
                (best, lowest) = (partner.GetElement(lane) + lane, least.GetElement(lane));
            }
        }

        return best;
    }
}
