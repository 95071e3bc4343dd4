using System.Runtime.InteropServices;

namespace Sideband.Learning.Boosting;

/// <summary>Room for sorting numbers with their rows, the largest that a window needs and only for an instant: given back at once.</summary>
internal sealed unsafe class PairMemory : IDisposable
{
    private readonly int _length;
    private ulong* _words;

    /// <param name="length">Pairs of number and row.</param>
    public PairMemory(int length)
    {
        _length = length;
        _words = (ulong*)NativeMemory.Alloc((nuint)Math.Max(1, length), 2 * sizeof(ulong));
    }

    ~PairMemory() => Free();

    public Span<ulong> First => new(_words, _length);

    public Span<ulong> Second => new(_words + _length, _length);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(_words);
        _words = null;
    }
}
