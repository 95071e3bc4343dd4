using Sideband.Learning.Boosting;
using Sideband.Learning.Densities.Preprocessing;
using Sideband.Learning.Kernels;
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

    /// <summary>The same of few events (<see cref="FewEvents"/>), which would have no groups otherwise.</summary>
    private const int FewestGroupsOfFew = 64;

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
        var groups = FewEvents.Are(events.Count) ? FewestGroupsOfFew : FewestGroups;
        _groupRows = Math.Min(MostRows, rows.Length / groups / VectorMath.Lanes * VectorMath.Lanes);
        _streams = streams;
        _groups = [.. streams.Select(_ => new AlignedArray<float>(2 * events.Dimensions * _groupRows))];
    }

    public int Parts => _streams.Length;

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

        PathUncrossing.Run(x, z, d, n, []);
        for (var i = 0; i < n; i++)
        {
            for (var f = 0; f < d; f++)
            {
                _noise[(rows[i] * d) + f] = z[(f * n) + i];
            }
        }
    }
}
