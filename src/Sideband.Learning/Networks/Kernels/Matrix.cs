using Sideband.Learning.Boosting;

namespace Sideband.Learning.Networks.Kernels;

/// <summary>
/// A matrix of single-precision numbers, row after row. Rows are padded to a multiple of 8 and columns to a multiple of 16 numbers, so
/// that kernels need no remainders; the padding columns of a matrix are 0 and stay 0.
/// </summary>
internal sealed unsafe class Matrix
{
    private readonly AlignedArray<float> _data;

    public Matrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;

        // A stride that is a multiple of 256 bytes would put all rows of a tile in few sets of the first-level cache.
        var padded = PanelLayout.RoundUp(columns, 16);
        Stride = padded % 64 == 0 ? padded + 16 : padded;
        _data = new AlignedArray<float>(PanelLayout.RoundUp(rows, 8) * Stride);
        _data.Span.Clear();
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Numbers from a row to the next.</summary>
    public int Stride { get; }

    public float* Pointer => _data.Pointer;

    public float* Row(int row) => _data.Pointer + ((long)row * Stride);

    public Span<float> RowSpan(int row) => new(Row(row), Columns);

    public void CopyFrom(Matrix source, int rows) =>
        new Span<float>(source.Pointer, rows * Stride).CopyTo(new Span<float>(Pointer, rows * Stride));

    public void Clear(int rows) => new Span<float>(Pointer, PanelLayout.RoundUp(rows, 8) * Stride).Clear();
}
