namespace Sideband.Learning.Boosting;

/// <summary>Histograms of the open leaves of a tree, by slot number.</summary>
internal sealed unsafe class HistogramPool
{
    private readonly AlignedArray<long> _memory = new();
    private readonly Stack<int> _free = new();
    private int _length;
    private int _slots;

    /// <summary>The first number of a slot's histogram.</summary>
    public long* this[int slot] => _memory.Pointer + ((long)slot * _length);

    public void Begin(int featureCount, int slots)
    {
        _length = featureCount * Histogram.FeatureLength;
        _slots = slots;
        _memory.EnsureLength(_length * slots);
    }

    /// <summary>Takes all slots back.</summary>
    public void Reset()
    {
        _free.Clear();
        for (var slot = _slots - 1; slot >= 0; slot--)
        {
            _free.Push(slot);
        }
    }

    public int Rent() => _free.Pop();

    public void Return(int slot) => _free.Push(slot);
}
