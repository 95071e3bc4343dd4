using System.Runtime.CompilerServices;

namespace Sideband.Learning.Boosting;

/// <summary>
/// Bins of rows feature by feature, as the passes that apply trees to consecutive rows want them. Every column has room for whole
/// blocks of <see cref="BlockRows"/> rows.
/// </summary>
internal sealed unsafe class BinColumns
{
    public const int BlockRows = 64;

    private readonly AlignedArray<byte>[] _columns;

    public BinColumns(int featureCount)
    {
        _columns = new AlignedArray<byte>[featureCount];
        for (var f = 0; f < featureCount; f++)
        {
            _columns[f] = new AlignedArray<byte>();
        }
    }

    public int FeatureCount => _columns.Length;

    public byte* this[int feature] => _columns[feature].Pointer;

    public static int Padded(int count) => (count + BlockRows - 1) / BlockRows * BlockRows;

    /// <summary>A feature's column becomes table[codes].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Look(int feature, ReadOnlySpan<byte> table, ReadOnlySpan<ushort> codes)
    {
        var padded = Padded(codes.Length);
        _columns[feature].EnsureLength(padded);
        var target = _columns[feature].Pointer;
        for (var i = 0; i < codes.Length; i++)
        {
            target[i] = table[codes[i]];
        }

        new Span<byte>(target + codes.Length, padded - codes.Length).Clear();
    }

    /// <summary>A feature's column becomes table[places[row]] of the listed rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Look(int feature, ReadOnlySpan<byte> table, ReadOnlySpan<int> places, ReadOnlySpan<int> rows)
    {
        var padded = Padded(rows.Length);
        _columns[feature].EnsureLength(padded);
        var target = _columns[feature].Pointer;
        for (var i = 0; i < rows.Length; i++)
        {
            target[i] = table[places[rows[i]]];
        }

        new Span<byte>(target + rows.Length, padded - rows.Length).Clear();
    }

    /// <summary>Becomes the listed rows of some planes.</summary>
    public void CopyFrom(RowPlanes planes, ReadOnlySpan<int> rows)
    {
        for (var f = 0; f < _columns.Length; f++)
        {
            _columns[f].EnsureLength(Padded(rows.Length));
            var source = planes.Column(f);
            nint stride = planes.Stride;
            var target = _columns[f].Pointer;
            for (var i = 0; i < rows.Length; i++)
            {
                target[i] = source[rows[i] * stride];
            }

            new Span<byte>(target + rows.Length, Padded(rows.Length) - rows.Length).Clear();
        }
    }
}
