using Sideband.Learning.Boosting;
using Sideband.Learning.Kernels;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Networks;

/// <summary>Every width of the kernels gives the same bits, and the functions are what they say.</summary>
public unsafe class KernelTests
{
    [Theory]
    [InlineData(8, 1, 16, false)]
    [InlineData(24, 37, 32, false)]
    [InlineData(16, 128, 32, true)]
    [InlineData(8, 130, 16, true)]
    public void Products_have_the_same_bits_in_every_width(int rows, int depth, int width, bool transposed)
    {
        var stream = RandomStream.For(1, "products");
        float* Fill(AlignedArray<float> array)
        {
            foreach (ref var value in array.Span)
            {
                value = (float)stream.NextGaussian();
            }

            return array.Pointer;
        }

        var (a, b, bias) = (new AlignedArray<float>(rows * depth), new AlignedArray<float>(depth * 48), new AlignedArray<float>(32));
        var (pa, pb, pBias) = (new nint(Fill(a)), new nint(Fill(b)), new nint(Fill(bias)));
        var (rowStride, depthStride) = transposed ? (1, rows) : (depth, 1);
        foreach (var start in Enum.GetValues<Start>())
        {
            var (c, c256) = (new AlignedArray<float>(rows * 40), new AlignedArray<float>(rows * 40));
            var scalar = new AlignedArray<float>(rows * 40);
            Fill(c);
            c.Span.CopyTo(c256.Span);
            c.Span.CopyTo(scalar.Span);
            MatrixKernels.Multiply(
                (float*)pa, rowStride, depthStride, (float*)pb, 48, c.Pointer, 40, (float*)pBias, start, rows, depth, width);
            MatrixKernels.Multiply256(
                (float*)pa, rowStride, depthStride, (float*)pb, 48, c256.Pointer, 40, (float*)pBias, start, rows, depth, width);
            MatrixKernels.MultiplyScalar(
                (float*)pa, rowStride, depthStride, (float*)pb, 48, scalar.Pointer, 40, (float*)pBias, start, rows, depth, width);
            c.Span.ToArray().ShouldBe(scalar.Span.ToArray());
            c256.Span.ToArray().ShouldBe(scalar.Span.ToArray());
        }

        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(bias);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(40, 100)]
    [InlineData(64, 33)]
    public void Transposes(int inputs, int outputs)
    {
        var (from, to) = (new PanelLayout(inputs, outputs), new PanelLayout(outputs, inputs));
        var (source, target) = (new AlignedArray<float>(from.Length), new AlignedArray<float>(to.Length));
        source.Span.Clear();
        target.Span.Clear();
        for (var k = 0; k < inputs; k++)
        {
            for (var n = 0; n < outputs; n++)
            {
                source.Pointer[from.Index(k, n)] = (1000 * k) + n + 1;
            }
        }

        Transpose.Packed(source.Pointer, from, target.Pointer, to);
        for (var k = 0; k < inputs; k++)
        {
            for (var n = 0; n < outputs; n++)
            {
                target.Pointer[to.Index(n, k)].ShouldBe((1000 * k) + n + 1);
            }
        }

        target.Span.ToArray().Count(value => value != 0).ShouldBe(inputs * outputs);
    }

    [Fact]
    public void Exponential_logistic_function_and_logarithm()
    {
        for (var x = -86.5f; x < 87; x += 0.37f)
        {
            var e = Math.Exp(x);
            Exp(x).ShouldBe((float)e, (float)(2e-7 * e));
            Sigmoid(x).ShouldBe((float)(1 / (1 + Math.Exp(-x))), 2e-7f);
            Log((float)e).ShouldBe((float)Math.Log((float)e), 1e-7f * Math.Max(1, Math.Abs(x)));
        }

        float.IsNaN(Exp(float.NaN)).ShouldBeTrue();
        float.IsNaN(Log(-1)).ShouldBeTrue();
        Log(1).ShouldBe(0);
    }

    private static float Exp(float x) => Last(VectorMath.Exp(Floats8.Create(x)));

    private static float Sigmoid(float x) => Last(VectorMath.Sigmoid(Floats8.Create(x)));

    private static float Log(float x) => Last(VectorMath.Log(Floats8.Create(x)));

    private static float Last(Floats8 lanes)
    {
        var numbers = stackalloc float[Floats8.Count];
        lanes.Store(numbers);
        return numbers[Floats8.Count - 1];
    }

    [Fact]
    public void Log_loss_and_its_derivative()
    {
        var stream = RandomStream.For(2, "loss");
        var (x, s) = (new AlignedArray<float>(64), new AlignedArray<float>(64));
        var expected = 0.0;
        var derivatives = new double[64];
        for (var i = 0; i < 64; i++)
        {
            x.Pointer[i] = (float)(4 * stream.NextGaussian());
            s.Pointer[i] = i >= 60 ? 0 : i % 3 == 0 ? 0.7f : -1.3f;
            double w = Math.Abs(s.Pointer[i]);
            var y = s.Pointer[i] > 0 ? 1 : 0;
            expected += w * Math.Log(1 + Math.Exp(y == 1 ? -x.Pointer[i] : x.Pointer[i]));
            derivatives[i] = 0.25 * w * ((1 / (1 + Math.Exp(-x.Pointer[i]))) - y);
        }

        var loss = Learning.Networks.Kernels.LogisticLoss.Evaluate(x.Pointer, s.Pointer, 64, 0.25f);
        loss.Sum.ShouldBe(expected, 1e-6 * expected);
        loss.Weight.ShouldBe((20 * 0.7) + (40 * 1.3), 1e-4);
        for (var i = 0; i < 64; i++)
        {
            ((double)x.Pointer[i]).ShouldBe(derivatives[i], 2e-7);
        }
    }
}
