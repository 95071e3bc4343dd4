using System.Runtime.CompilerServices;

namespace Sideband.Learning.Boosting;

/// <summary>
/// Bins of rows, one byte a feature. Up to four features are one plane whose rows are 32-bit words; more are planes of eight
/// features whose rows are 64-bit words: whoever reads a row of a plane touches one word.
/// </summary>
internal sealed unsafe class RowPlanes
{
    private readonly AlignedArray<byte>[] _planes;

    public RowPlanes(int featureCount, int count)
    {
        FeatureCount = featureCount;
        Stride = featureCount <= 4 ? 4 : 8;
        _planes = new AlignedArray<byte>[(featureCount + Stride - 1) / Stride];
        for (var p = 0; p < _planes.Length; p++)
        {
            _planes[p] = new AlignedArray<byte>();
        }

        Resize(count);
    }

    public int FeatureCount { get; }

    /// <summary>Bytes of a row in a plane: 4 or 8.</summary>
    public int Stride { get; }

    public int PlaneCount => _planes.Length;

    public int Count { get; private set; }

    /// <summary>The first byte of a plane.</summary>
    public byte* Plane(int plane) => _planes[plane].Pointer;

    /// <summary>The bin of feature <paramref name="feature"/> in row 0; row i is i * <see cref="Stride"/> bytes further.</summary>
    public byte* Column(int feature) => _planes[feature / Stride].Pointer + (feature % Stride);

    /// <summary>The features of a plane that exist: <see cref="Stride"/> but for the last plane.</summary>
    public int FeaturesIn(int plane) => Math.Min(Stride, FeatureCount - (plane * Stride));

    /// <summary>Makes room for <paramref name="count"/> rows; contents are lost.</summary>
    public void Resize(int count)
    {
        Count = count;
        foreach (var plane in _planes)
        {
            // Whole blocks of 16 rows, so that vector kernels need no tail.
            plane.EnsureLength(checked((count + 15) / 16 * 16 * Stride));
        }
    }

    /// <summary>Becomes a copy of the listed rows of <paramref name="source"/>, in their order.</summary>
    public void CopyRows(RowPlanes source, ReadOnlySpan<int> rows)
    {
        Resize(rows.Length);
        for (var p = 0; p < _planes.Length; p++)
        {
            if (Stride == 4)
            {
                CopyWords((uint*)source.Plane(p), (uint*)Plane(p), rows);
            }
            else
            {
                CopyWords((ulong*)source.Plane(p), (ulong*)Plane(p), rows);
            }
        }
    }

    /// <summary>A feature's bins of all rows, and 0 behind them; every feature is set before the planes are read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SetColumn(int feature, BinColumns columns)
    {
        var source = columns[feature];
        var target = Column(feature);
        nint stride = Stride;
        for (nint i = 0; i < Count; i++)
        {
            target[i * stride] = source[i];
        }

        for (nint i = Count; i < (Count + 15) / 16 * 16; i++)
        {
            target[i * stride] = 0;
        }
    }

    private static void CopyWords<TWord>(TWord* source, TWord* target, ReadOnlySpan<int> rows)
        where TWord : unmanaged
    {
        for (var i = 0; i < rows.Length; i++)
        {
            target[i] = source[rows[i]];
        }

        for (var i = rows.Length; i < (rows.Length + 15) / 16 * 16; i++)
        {
            target[i] = default;
        }
    }
}
