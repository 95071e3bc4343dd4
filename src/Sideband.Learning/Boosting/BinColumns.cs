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

    /// <summary>Becomes the rows <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> - 1 of some planes.</summary>
    public void CopyFrom(RowPlanes planes, int start, int count)
    {
        for (var f = 0; f < _columns.Length; f++)
        {
            _columns[f].EnsureLength(Padded(count));
            var source = planes.Column(f) + ((long)start * planes.Stride);
            var target = _columns[f].Pointer;
            for (var i = 0; i < count; i++, source += planes.Stride)
            {
                target[i] = *source;
            }

            new Span<byte>(target + count, Padded(count) - count).Clear();
        }
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
