using System.Runtime.InteropServices;

namespace Sideband.Learning.Boosting;

/// <summary>Room for sorting numbers with their rows, needed for an instant only and given back at once.</summary>
internal sealed unsafe class PairMemory : IDisposable
{
    private int _length;
    private ulong* _words;

    ~PairMemory() => Free();

    public Span<ulong> First => new(_words, _length);

    public Span<ulong> Second => new(_words + _length, _length);

    /// <summary>Room for as many pairs of number and row at least; contents are lost.</summary>
    public void EnsureRoom(int pairs)
    {
        if (pairs > _length)
        {
            Free();
            _words = (ulong*)NativeMemory.Alloc((nuint)pairs, 2 * sizeof(ulong));
            _length = pairs;
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(_words);
        _words = null;
        _length = 0;
    }
}
