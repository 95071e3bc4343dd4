using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sideband.Learning.Networks.Kernels;

/// <summary>What a product is added to.</summary>
internal enum Start
{
    Zero,

    /// <summary>A row that is the same for all rows.</summary>
    Bias,

    /// <summary>What stands there.</summary>
    Result,
}

/// <summary>
/// C = start + A B in single precision. Each element is one chain of fused multiply-adds over k = 0, 1, ...: whatever the tile and
/// the vector width, the bits are the same. A is read element by element with any strides (so that it may be a transpose), B and C by
/// rows of 16 or 32 numbers.
/// </summary>
/// <remarks>
/// The tile of 8 x 32 in sixteen 512-bit registers does 16 multiply-adds for 2 vector loads and 8 broadcasts: the arithmetic is the
/// limit. With 256-bit registers the tile is 4 x 16, whose eight sums hide the latency of a multiply-add.
/// </remarks>
internal static unsafe class MatrixKernels
{
    /// <summary>Rows of C in a tile; the callers pad to it.</summary>
    public const int TileRows = 8;

    /// <summary>Depth after which tiles go on from <see cref="Start.Result"/>, so that A and B stay cached; large tiles need not.</summary>
    public static int CachedDepth(int depth) => Vector512.IsHardwareAccelerated ? depth : 32;

    /// <param name="a">A(i, k) is a[i * rowStride + k * depthStride].</param>
    /// <param name="b">B(k, j) is b[k * bStride + j].</param>
    /// <param name="c">C(i, j) is c[i * cStride + j].</param>
    /// <param name="bias">A row; used with <see cref="Start.Bias"/> only.</param>
    /// <param name="rows">Rows of C, a multiple of <see cref="TileRows"/>.</param>
    /// <param name="depth">Products in an element.</param>
    /// <param name="width">Columns: 16 or 32.</param>
    public static void Multiply(
        float* a, nint rowStride, nint depthStride, float* b, nint bStride, float* c,
        nint cStride, float* bias, Start start, int rows, int depth, int width)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            for (var i = 0; i < rows; i += TileRows)
            {
                if (width == 32)
                {
                    Tile8x32(a + (i * rowStride), rowStride, depthStride, b, bStride, c + (i * cStride), cStride, bias, start, depth);
                }
                else
                {
                    Tile8x16(a + (i * rowStride), rowStride, depthStride, b, bStride, c + (i * cStride), cStride, bias, start, depth);
                }
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Multiply256(a, rowStride, depthStride, b, bStride, c, cStride, bias, start, rows, depth, width);
        }
        else
        {
            MultiplyScalar(a, rowStride, depthStride, b, bStride, c, cStride, bias, start, rows, depth, width);
        }
    }

    /// <summary>The same with 256-bit vectors.</summary>
    public static void Multiply256(
        float* a, nint rowStride, nint depthStride, float* b, nint bStride, float* c,
        nint cStride, float* bias, Start start, int rows, int depth, int width)
    {
        // Half a panel of B after the other: it stays in the first-level cache for all rows.
        for (var j = 0; j < width; j += 16)
        {
            for (var i = 0; i < rows; i += 4)
            {
                Tile4x16(
                    a + (i * rowStride), rowStride, depthStride, b + j, bStride, c + (i * cStride) + j, cStride, bias + j, start, depth);
            }
        }
    }

    /// <summary>The same, number by number: the definition.</summary>
    public static void MultiplyScalar(
        float* a, nint rowStride, nint depthStride, float* b, nint bStride, float* c,
        nint cStride, float* bias, Start start, int rows, int depth, int width)
    {
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < width; j++)
            {
                var sum = start == Start.Zero ? 0 : start == Start.Bias ? bias[j] : c[(i * cStride) + j];
                for (var k = 0; k < depth; k++)
                {
                    sum = MathF.FusedMultiplyAdd(a[(i * rowStride) + (k * depthStride)], b[(k * bStride) + j], sum);
                }

                c[(i * cStride) + j] = sum;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Tile8x32(
        float* a, nint rowStride, nint depthStride, float* b, nint bStride, float* c, nint cStride, float* bias, Start start, int depth)
    {
        Vector512<float> c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51, c60, c61, c70, c71;
        if (start == Start.Result)
        {
            var r = c;
            c00 = Vector512.Load(r);
            c01 = Vector512.Load(r + 16);
            r += cStride;
            c10 = Vector512.Load(r);
            c11 = Vector512.Load(r + 16);
            r += cStride;
            c20 = Vector512.Load(r);
            c21 = Vector512.Load(r + 16);
            r += cStride;
            c30 = Vector512.Load(r);
            c31 = Vector512.Load(r + 16);
            r += cStride;
            c40 = Vector512.Load(r);
            c41 = Vector512.Load(r + 16);
            r += cStride;
            c50 = Vector512.Load(r);
            c51 = Vector512.Load(r + 16);
            r += cStride;
            c60 = Vector512.Load(r);
            c61 = Vector512.Load(r + 16);
            r += cStride;
            c70 = Vector512.Load(r);
            c71 = Vector512.Load(r + 16);
        }
        else
        {
            c00 = c10 = c20 = c30 = c40 = c50 = c60 = c70 = start == Start.Bias ? Vector512.Load(bias) : Vector512<float>.Zero;
            c01 = c11 = c21 = c31 = c41 = c51 = c61 = c71 = start == Start.Bias ? Vector512.Load(bias + 16) : Vector512<float>.Zero;
        }

        var a1 = a + rowStride;
        var a2 = a1 + rowStride;
        var a3 = a2 + rowStride;
        var a4 = a3 + rowStride;
        var a5 = a4 + rowStride;
        var a6 = a5 + rowStride;
        var a7 = a6 + rowStride;
        nint at = 0;
        for (; depth > 0; depth--)
        {
            var b0 = Vector512.Load(b);
            var b1 = Vector512.Load(b + 16);
            var v = Vector512.Create(a[at]);
            c00 = Vector512.FusedMultiplyAdd(v, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(v, b1, c01);
            v = Vector512.Create(a1[at]);
            c10 = Vector512.FusedMultiplyAdd(v, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(v, b1, c11);
            v = Vector512.Create(a2[at]);
            c20 = Vector512.FusedMultiplyAdd(v, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(v, b1, c21);
            v = Vector512.Create(a3[at]);
            c30 = Vector512.FusedMultiplyAdd(v, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(v, b1, c31);
            v = Vector512.Create(a4[at]);
            c40 = Vector512.FusedMultiplyAdd(v, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(v, b1, c41);
            v = Vector512.Create(a5[at]);
            c50 = Vector512.FusedMultiplyAdd(v, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(v, b1, c51);
            v = Vector512.Create(a6[at]);
            c60 = Vector512.FusedMultiplyAdd(v, b0, c60);
            c61 = Vector512.FusedMultiplyAdd(v, b1, c61);
            v = Vector512.Create(a7[at]);
            c70 = Vector512.FusedMultiplyAdd(v, b0, c70);
            c71 = Vector512.FusedMultiplyAdd(v, b1, c71);
            at += depthStride;
            b += bStride;
        }

        c00.Store(c);
        c01.Store(c + 16);
        c += cStride;
        c10.Store(c);
        c11.Store(c + 16);
        c += cStride;
        c20.Store(c);
        c21.Store(c + 16);
        c += cStride;
        c30.Store(c);
        c31.Store(c + 16);
        c += cStride;
        c40.Store(c);
        c41.Store(c + 16);
        c += cStride;
        c50.Store(c);
        c51.Store(c + 16);
        c += cStride;
        c60.Store(c);
        c61.Store(c + 16);
        c += cStride;
        c70.Store(c);
        c71.Store(c + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Tile8x16(
        float* a, nint rowStride, nint depthStride, float* b, nint bStride, float* c, nint cStride, float* bias, Start start, int depth)
    {
        Vector512<float> c0, c1, c2, c3, c4, c5, c6, c7;
        if (start == Start.Result)
        {
            c0 = Vector512.Load(c);
            c1 = Vector512.Load(c + cStride);
            c2 = Vector512.Load(c + (2 * cStride));
            c3 = Vector512.Load(c + (3 * cStride));
            c4 = Vector512.Load(c + (4 * cStride));
            c5 = Vector512.Load(c + (5 * cStride));
            c6 = Vector512.Load(c + (6 * cStride));
            c7 = Vector512.Load(c + (7 * cStride));
        }
        else
        {
            c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = start == Start.Bias ? Vector512.Load(bias) : Vector512<float>.Zero;
        }

        var a1 = a + rowStride;
        var a2 = a1 + rowStride;
        var a3 = a2 + rowStride;
        var a4 = a3 + rowStride;
        var a5 = a4 + rowStride;
        var a6 = a5 + rowStride;
        var a7 = a6 + rowStride;
        nint at = 0;
        for (; depth > 0; depth--)
        {
            var b0 = Vector512.Load(b);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(a[at]), b0, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(a1[at]), b0, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(a2[at]), b0, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(a3[at]), b0, c3);
            c4 = Vector512.FusedMultiplyAdd(Vector512.Create(a4[at]), b0, c4);
            c5 = Vector512.FusedMultiplyAdd(Vector512.Create(a5[at]), b0, c5);
            c6 = Vector512.FusedMultiplyAdd(Vector512.Create(a6[at]), b0, c6);
            c7 = Vector512.FusedMultiplyAdd(Vector512.Create(a7[at]), b0, c7);
            at += depthStride;
            b += bStride;
        }

        c0.Store(c);
        c1.Store(c + cStride);
        c2.Store(c + (2 * cStride));
        c3.Store(c + (3 * cStride));
        c4.Store(c + (4 * cStride));
        c5.Store(c + (5 * cStride));
        c6.Store(c + (6 * cStride));
        c7.Store(c + (7 * cStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Tile4x16(
        float* a, nint rowStride, nint depthStride, float* b, nint bStride, float* c, nint cStride, float* bias, Start start, int depth)
    {
        Vector256<float> c00, c01, c10, c11, c20, c21, c30, c31;
        if (start == Start.Result)
        {
            c00 = Vector256.Load(c);
            c01 = Vector256.Load(c + 8);
            c10 = Vector256.Load(c + cStride);
            c11 = Vector256.Load(c + cStride + 8);
            c20 = Vector256.Load(c + (2 * cStride));
            c21 = Vector256.Load(c + (2 * cStride) + 8);
            c30 = Vector256.Load(c + (3 * cStride));
            c31 = Vector256.Load(c + (3 * cStride) + 8);
        }
        else
        {
            c00 = c10 = c20 = c30 = start == Start.Bias ? Vector256.Load(bias) : Vector256<float>.Zero;
            c01 = c11 = c21 = c31 = start == Start.Bias ? Vector256.Load(bias + 8) : Vector256<float>.Zero;
        }

        var a1 = a + rowStride;
        var a2 = a1 + rowStride;
        var a3 = a2 + rowStride;
        nint at = 0;
        for (; depth > 0; depth--)
        {
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + 8);
            var v = Vector256.Create(a[at]);
            c00 = Vector256.FusedMultiplyAdd(v, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(v, b1, c01);
            v = Vector256.Create(a1[at]);
            c10 = Vector256.FusedMultiplyAdd(v, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(v, b1, c11);
            v = Vector256.Create(a2[at]);
            c20 = Vector256.FusedMultiplyAdd(v, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(v, b1, c21);
            v = Vector256.Create(a3[at]);
            c30 = Vector256.FusedMultiplyAdd(v, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(v, b1, c31);
            at += depthStride;
            b += bStride;
        }

        c00.Store(c);
        c01.Store(c + 8);
        c10.Store(c + cStride);
        c11.Store(c + cStride + 8);
        c20.Store(c + (2 * cStride));
        c21.Store(c + (2 * cStride) + 8);
        c30.Store(c + (3 * cStride));
        c31.Store(c + (3 * cStride) + 8);
    }
}
