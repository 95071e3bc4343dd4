using Sideband.Learning.Boosting;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Networks;

/// <summary>
/// All numbers of a network in two arrays: weights, which the optimiser changes, and statistics, which it does not (running means and
/// variances). Layers reserve their place when they are made; then <see cref="Allocate"/> makes the arrays.
/// </summary>
internal sealed unsafe class Parameters
{
    private readonly AlignedArray<float> _weights = new();
    private readonly AlignedArray<float> _statistics = new();
    private readonly List<WeightMatrix> _hidden = [];

    /// <summary>Weights, with padding.</summary>
    public int Count { get; private set; }

    public int StatisticsCount { get; private set; }

    /// <summary>The weights between hidden units that may be stepped as matrices, in the order of their places.</summary>
    public IReadOnlyList<WeightMatrix> Hidden => _hidden;

    public float* Weights => _weights.Pointer;

    public float* Statistics => _statistics.Pointer;

    /// <returns>Index of the first of <paramref name="count"/> weights, on a cache line.</returns>
    public int Reserve(int count)
    {
        var start = Count;
        Count += PanelLayout.RoundUp(count, 16);
        return start;
    }

    /// <summary>The same for statistics.</summary>
    public int ReserveStatistics(int count)
    {
        var start = StatisticsCount;
        StatisticsCount += PanelLayout.RoundUp(count, 16);
        return start;
    }

    public void AddHidden(WeightMatrix matrix) => _hidden.Add(matrix);

    public void Allocate()
    {
        _weights.EnsureLength(Count);
        _statistics.EnsureLength(StatisticsCount);
        _weights.Span.Clear();
        _statistics.Span.Clear();
    }

    /// <summary>Copies weights and statistics into an array of <see cref="SnapshotLength"/> numbers.</summary>
    public void CopyTo(float[] snapshot)
    {
        _weights.Span.CopyTo(snapshot);
        _statistics.Span.CopyTo(snapshot.AsSpan(Count));
    }

    public void CopyFrom(ReadOnlySpan<float> snapshot)
    {
        snapshot[..Count].CopyTo(_weights.Span);
        snapshot[Count..].CopyTo(_statistics.Span);
    }

    public int SnapshotLength => Count + StatisticsCount;
}
