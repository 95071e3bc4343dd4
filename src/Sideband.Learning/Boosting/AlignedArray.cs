namespace Sideband.Learning.Boosting;

/// <summary>
/// A pinned array whose first element lies on a cache line (64 bytes), with 64 readable bytes after its last element, so that
/// kernels may load whole vectors at the end. It grows and never shrinks; growing loses the contents.
/// </summary>
internal sealed unsafe class AlignedArray<T>
    where T : unmanaged
{
    private const int LineBytes = 64;
    private T[] _array = [];

    public AlignedArray(int length = 0)
    {
        if (length > 0)
        {
            EnsureLength(length);
        }
    }

    /// <summary>
    /// Address of the first element; valid until <see cref="EnsureLength"/> grows the array, and while this object lives: who passes it
    /// on to a kernel keeps this object (or its owner) alive until the kernel returns.
    /// </summary>
    public T* Pointer { get; private set; }

    public int Length { get; private set; }

    public Span<T> Span => new(Pointer, Length);

    public void EnsureLength(int length)
    {
        if (length <= Length)
        {
            return;
        }

        _array = GC.AllocateUninitializedArray<T>(length + (2 * LineBytes / sizeof(T)), pinned: true);
        fixed (T* start = _array)
        {
            Pointer = (T*)(((nuint)start + LineBytes - 1) & ~(nuint)(LineBytes - 1));
        }

        Length = length;
        new Span<T>(Pointer + length, LineBytes / sizeof(T)).Clear();
    }
}
