using System.Runtime.CompilerServices;

namespace Sideband.Learning.Kernels;

/// <summary>
/// Sums of rows in single precision: one for each place in a group of <see cref="VectorMath.Lanes"/>, and these added up in their order,
/// so that a total does not depend on the vector's width.
/// </summary>
internal unsafe struct LaneSums
{
    private fixed float _sums[VectorMath.Lanes];

    public readonly double Total
    {
        get
        {
            var total = 0.0;
            for (var lane = 0; lane < VectorMath.Lanes; lane++)
            {
                total += _sums[lane];
            }

            return total;
        }
    }

    /// <summary>Adds the values of the rows from <paramref name="row"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<T>(int row, T values)
        where T : struct, IFloats<T>
    {
        fixed (float* sums = &_sums[row % VectorMath.Lanes])
        {
            (T.Load(sums) + values).Store(sums);
        }
    }

    /// <summary>Adds x y of the rows from <paramref name="row"/> on, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct<T>(int row, T x, T y)
        where T : struct, IFloats<T>
    {
        fixed (float* sums = &_sums[row % VectorMath.Lanes])
        {
            T.FusedMultiplyAdd(x, y, T.Load(sums)).Store(sums);
        }
    }
}
