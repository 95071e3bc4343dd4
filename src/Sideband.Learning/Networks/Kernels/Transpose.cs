using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Sideband.Learning.Kernels;

namespace Sideband.Learning.Networks.Kernels;

/// <summary>The transpose of packed weights, again packed: the way back needs the weights of an input side by side.</summary>
internal static unsafe class Transpose
{
    /// <summary>target(n, k) = source(k, n).</summary>
    /// <param name="source">In the layout (inputs, outputs).</param>
    /// <param name="target">In the layout (outputs, inputs), its padding 0 already.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Packed(float* source, PanelLayout from, float* target, PanelLayout to)
    {
        for (var n = 0; n < to.PaddedInputs; n += 8)
        {
            var (sourcePanel, sourceWidth) = (n / PanelLayout.PanelWidth, from.Width(n / PanelLayout.PanelWidth));
            var s = source + from.Start(sourcePanel) + (n % PanelLayout.PanelWidth);
            for (var panel = 0; panel < to.Panels; panel++)
            {
                var width = to.Width(panel);
                var t = target + to.Start(panel) + (n * width);
                var end = Math.Min(width, from.PaddedInputs - (panel * PanelLayout.PanelWidth));
                for (var k = 0; k < end; k += 8, s += 8 * sourceWidth, t += 8)
                {
                    Block(s, sourceWidth, t, width);
                }
            }
        }
    }

    /// <summary>Up to sixteen rows of a matrix, column after column: target[16 j + i] = x(begin + i, j).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RowsToLanes(Matrix x, int begin, int count, float* target)
    {
        for (var i = 0; i < count; i += 8)
        {
            for (var j = 0; j < x.Columns; j += 8)
            {
                Block(x.Row(begin + i) + j, x.Stride, target + (j * VectorMath.Lanes) + i, VectorMath.Lanes);
            }
        }
    }

    /// <summary>The inverse of <see cref="RowsToLanes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LanesToRows(float* source, Matrix x, int begin, int count)
    {
        for (var i = 0; i < count; i += 8)
        {
            for (var j = 0; j < x.Columns; j += 8)
            {
                Block(source + (j * VectorMath.Lanes) + i, VectorMath.Lanes, x.Row(begin + i) + j, x.Stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(float* s, int sourceStride, float* t, int targetStride)
    {
        if (Avx.IsSupported)
        {
            Block8x8(s, sourceStride, t, targetStride);
        }
        else
        {
            BlockScalar(s, sourceStride, t, targetStride);
        }
    }

    private static void BlockScalar(float* s, int sourceStride, float* t, int targetStride)
    {
        for (var i = 0; i < 8; i++)
        {
            for (var j = 0; j < 8; j++)
            {
                t[(j * targetStride) + i] = s[(i * sourceStride) + j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block8x8(float* s, int ss, float* t, int ts)
    {
        var r0 = Vector256.Load(s);
        var r1 = Vector256.Load(s + ss);
        var r2 = Vector256.Load(s + (2 * ss));
        var r3 = Vector256.Load(s + (3 * ss));
        var r4 = Vector256.Load(s + (4 * ss));
        var r5 = Vector256.Load(s + (5 * ss));
        var r6 = Vector256.Load(s + (6 * ss));
        var r7 = Vector256.Load(s + (7 * ss));
        var p0 = Avx.UnpackLow(r0, r1);
        var p1 = Avx.UnpackHigh(r0, r1);
        var p2 = Avx.UnpackLow(r2, r3);
        var p3 = Avx.UnpackHigh(r2, r3);
        var p4 = Avx.UnpackLow(r4, r5);
        var p5 = Avx.UnpackHigh(r4, r5);
        var p6 = Avx.UnpackLow(r6, r7);
        var p7 = Avx.UnpackHigh(r6, r7);
        r0 = Avx.Shuffle(p0, p2, 0x44);
        r1 = Avx.Shuffle(p0, p2, 0xEE);
        r2 = Avx.Shuffle(p1, p3, 0x44);
        r3 = Avx.Shuffle(p1, p3, 0xEE);
        r4 = Avx.Shuffle(p4, p6, 0x44);
        r5 = Avx.Shuffle(p4, p6, 0xEE);
        r6 = Avx.Shuffle(p5, p7, 0x44);
        r7 = Avx.Shuffle(p5, p7, 0xEE);
        Avx.Permute2x128(r0, r4, 0x20).Store(t);
        Avx.Permute2x128(r1, r5, 0x20).Store(t + ts);
        Avx.Permute2x128(r2, r6, 0x20).Store(t + (2 * ts));
        Avx.Permute2x128(r3, r7, 0x20).Store(t + (3 * ts));
        Avx.Permute2x128(r0, r4, 0x31).Store(t + (4 * ts));
        Avx.Permute2x128(r1, r5, 0x31).Store(t + (5 * ts));
        Avx.Permute2x128(r2, r6, 0x31).Store(t + (6 * ts));
        Avx.Permute2x128(r3, r7, 0x31).Store(t + (7 * ts));
    }
}
