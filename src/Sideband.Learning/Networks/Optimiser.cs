using Sideband.Learning.Boosting;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Networks;

/// <summary>
/// Adam (arXiv:1412.6980) and AdamW (arXiv:1711.05101) with PyTorch's defaults, and with <see cref="OptimiserKind.Muon"/> other steps of
/// hidden weights.
/// </summary>
internal sealed unsafe class Optimiser
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly Parameters _parameters;
    private readonly AlignedArray<float> _first;
    private readonly AlignedArray<float> _second;
    private readonly double _weightDecay;
    private readonly bool _decoupled;
    private readonly OrthogonalMomentum? _orthogonal;
    private readonly (int Start, int Count)[] _adam;
    private double _power1 = 1;
    private double _power2 = 1;

    /// <param name="parameters">The weights.</param>
    /// <param name="weightDecay">From 0.</param>
    /// <param name="decoupled">Weights shrink by rate x decay a step (AdamW); else the decay is part of the gradient of Adam (L2).</param>
    /// <param name="kind">Adam for all weights, or not for hidden ones.</param>
    public Optimiser(Parameters parameters, double weightDecay, bool decoupled, OptimiserKind kind = OptimiserKind.Adam)
    {
        _parameters = parameters;
        _weightDecay = weightDecay;
        _decoupled = decoupled;
        _first = new AlignedArray<float>(parameters.Count);
        _second = new AlignedArray<float>(parameters.Count);
        _first.Span.Clear();
        _second.Span.Clear();
        if (kind == OptimiserKind.Muon && parameters.Hidden.Count > 0)
        {
            _orthogonal = new OrthogonalMomentum(parameters, _first);
            _adam = Between(parameters.Hidden, parameters.Count);
        }
        else
        {
            _adam = [(0, parameters.Count)];
        }
    }

    /// <summary>Sums the gradients of the shards in their order, clips the sum and makes a step.</summary>
    /// <param name="gradients">One a shard; the first becomes the sum.</param>
    /// <param name="shards">How many of them count.</param>
    /// <param name="rate">Learning rate of this step.</param>
    /// <param name="clip">Largest norm; 0: any.</param>
    /// <param name="team">Helps.</param>
    public void Step(AlignedArray<float>[] gradients, int shards, double rate, double clip, ShardTeam team)
    {
        var gradient = gradients[0].Pointer;
        for (var shard = 1; shard < shards; shard++)
        {
            ElementKernels.Add(gradient, gradients[shard].Pointer, _parameters.Count);
        }

        var scale = 1.0;
        if (clip > 0)
        {
            var norm = Math.Sqrt(ElementKernels.SumOfSquares(gradient, _parameters.Count));
            scale = norm > clip ? clip / norm : 1;
        }

        _power1 *= Beta1;
        _power2 *= Beta2;
        var step = new AdamStep(
            (float)Beta1, (float)Beta2, (float)(1 - Beta1), (float)(1 - Beta2), (float)scale,
            L2: _decoupled ? 0 : (float)_weightDecay,
            Keep: _decoupled ? (float)(1 - (rate * _weightDecay)) : 1,
            Rate: (float)(rate / (1 - _power1)),
            RootScale: (float)(1 / Math.Sqrt(1 - _power2)),
            (float)Epsilon);
        foreach (var (start, count) in _adam)
        {
            ElementKernels.Adam(
                _parameters.Weights + start, gradient + start, _first.Pointer + start, _second.Pointer + start, count, step);
        }

        _orthogonal?.Step(gradient, new OrthogonalStep((float)scale, step.Keep, rate), team);
    }

    /// <summary>What lies between the hidden weights.</summary>
    private static (int Start, int Count)[] Between(IReadOnlyList<WeightMatrix> hidden, int end)
    {
        List<(int Start, int Count)> ranges = [];
        var next = 0;
        foreach (var matrix in hidden)
        {
            ranges.Add((next, matrix.Start - next));
            next = matrix.Start + matrix.Layout.Length;
        }

        ranges.Add((next, end - next));
        return [.. ranges.Where(range => range.Count > 0)];
    }
}
