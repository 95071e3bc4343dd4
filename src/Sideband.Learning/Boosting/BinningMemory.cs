namespace Sideband.Learning.Boosting;

/// <summary>Memory for the bins of one member after the other, for one thread at a time.</summary>
internal sealed class BinningMemory
{
    private readonly AlignedArray<ulong> _marks = new();
    private readonly AlignedArray<float> _values = new();
    private readonly AlignedArray<byte> _table = new();

    /// <summary>One bit a place.</summary>
    public Span<ulong> Marks(int words) => Room(_marks, words);

    /// <summary>Values in ascending order.</summary>
    public Span<float> Values(int count) => Room(_values, count);

    /// <summary>One bin a place.</summary>
    public Span<byte> Table(int places) => Room(_table, places);

    private static Span<T> Room<T>(AlignedArray<T> array, int length)
        where T : unmanaged
    {
        array.EnsureLength(length);
        return array.Span[..length];
    }
}
