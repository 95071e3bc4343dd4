using Sideband.Learning.Boosting;
using Sideband.Learning.Densities.FlowMatching;
using Sideband.Learning.Densities.Flows;
using Sideband.Learning.Kernels;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Networks;

/// <summary>What vectors of eight and of sixteen numbers give has the same bits, whichever the processor has.</summary>
public unsafe class WidthTests
{
    private const int Count = 96;

    [Fact]
    public void Exponential_logistic_function_logarithm_and_square_root()
    {
        Same(x => Map<Floats8>(x, v => VectorMath.Exp(v)), x => Map<Floats16>(x, v => VectorMath.Exp(v)));
        Same(x => Map<Floats8>(x, v => VectorMath.Sigmoid(v)), x => Map<Floats16>(x, v => VectorMath.Sigmoid(v)));
        Same(x => Map<Floats8>(x, v => VectorMath.Log(v)), x => Map<Floats16>(x, v => VectorMath.Log(v)));
        Same(x => Map<Floats8>(x, v => Floats8.Sqrt(v) / v), x => Map<Floats16>(x, v => Floats16.Sqrt(v) / v));
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Elu)]
    [InlineData(Activation.Silu)]
    public void Activations_and_their_derivatives(Activation activation)
    {
        Same(
            x => ActivationKernels.Apply<Floats8>(activation, x, x + 48, 3, 16, 16),
            x => ActivationKernels.Apply<Floats16>(activation, x, x + 48, 3, 16, 16));
        Same(
            x => ActivationKernels.Backward<Floats8>(activation, x, x + 32, x + 64, 2, 16, 16, 16),
            x => ActivationKernels.Backward<Floats16>(activation, x, x + 32, x + 64, 2, 16, 16, 16));
    }

    [Fact]
    public void Whole_arrays()
    {
        Same(x => ElementKernels.Multiply<Floats8>(x, x + 48, 48), x => ElementKernels.Multiply<Floats16>(x, x + 48, 48));
        Same(x => ElementKernels.Add<Floats8>(x, x + 48, 48), x => ElementKernels.Add<Floats16>(x, x + 48, 48));
        Same(x => ElementKernels.Scale<Floats8>(0.3f, x, x + 48, 48), x => ElementKernels.Scale<Floats16>(0.3f, x, x + 48, 48));
        Same(
            x => ElementKernels.Combine<Floats8>(0.3f, x, 0.7f, x + 48, 48),
            x => ElementKernels.Combine<Floats16>(0.3f, x, 0.7f, x + 48, 48));
        Same(
            x => ElementKernels.Nesterov<Floats8>(x, x + 32, x + 64, 32, 0.9f, 0.1f),
            x => ElementKernels.Nesterov<Floats16>(x, x + 32, x + 64, 32, 0.9f, 0.1f));
        var step = new AdamStep(0.9f, 0.999f, 0.1f, 0.001f, 0.5f, 0.01f, 0.999f, 0.01f, 1.1f, 1e-8f);
        Same(
            x => ElementKernels.Adam<Floats8>(x, x + 16, x + 32, x + 48, 16, step),
            x => ElementKernels.Adam<Floats16>(x, x + 16, x + 32, x + 48, 16, step));
    }

    [Fact]
    public void Losses()
    {
        Same(
            x => Put(x + 64, LogisticLoss.Evaluate<Floats8>(x, x + 32, 32, 0.1f)),
            x => Put(x + 64, LogisticLoss.Evaluate<Floats16>(x, x + 32, 32, 0.1f)));
        Same(
            x => Put(x + 80, SoftmaxLoss.Evaluate<Floats8>(x, 2, Labels(x + 32), x + 48, 16, 0.1f)),
            x => Put(x + 80, SoftmaxLoss.Evaluate<Floats16>(x, 2, Labels(x + 32), x + 48, 16, 0.1f)));
        Same(
            x => Put(x + 94, LogisticKernel.Derivatives<Floats8>(x, x + 16, (long*)(x + 32), 16, 64, 32)),
            x => Put(x + 94, LogisticKernel.Derivatives<Floats16>(x, x + 16, (long*)(x + 32), 16, 64, 32)));
        Same(
            x => Put(x + 80, LogisticKernel.Loss<Floats8>(x, x + 32, 32)),
            x => Put(x + 80, LogisticKernel.Loss<Floats16>(x, x + 32, 32)));
        Same(
            x => LogisticKernel.AddSigmoid<Floats8>(x, (double*)(x + 32), 32),
            x => LogisticKernel.AddSigmoid<Floats16>(x, (double*)(x + 32), 32));
    }

    [Fact]
    public void Paths_are_uncrossed_in_the_same_way_also_where_exchanges_are_equal()
    {
        void Coarse(float* x)
        {
            for (var i = 0; i < Count; i++)
            {
                x[i] = MathF.Round(x[i] / 2);
            }
        }

        Same(
            x =>
            {
                Coarse(x);
                PathUncrossing.Run<Floats8>(x, x + 48, 1, 48, []);
            },
            x =>
            {
                Coarse(x);
                PathUncrossing.Run<Floats16>(x, x + 48, 1, 48, []);
            });
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(11)]
    [InlineData(37)]
    public void Splines_of_rows(int rows)
    {
        var (narrow, wide) = (new SplineRows<Floats8>([2, 0], 6, 3), new SplineRows<Floats16>([2, 0], 6, 3));
        var stream = RandomStream.For(3, "splines");
        Matrix New(int columns)
        {
            var matrix = new Matrix(rows, columns);
            for (var i = 0; i < rows; i++)
            {
                foreach (ref var value in matrix.RowSpan(i))
                {
                    value = (float)(1.5 * stream.NextGaussian());
                }
            }

            return matrix;
        }

        float[] All(SplineRows splines, Matrix x, Matrix parameters, Matrix gradient)
        {
            var (y, back, g) = (new Matrix(rows, 3), new Matrix(rows, 3), new Matrix(rows, parameters.Columns));
            y.CopyFrom(x, rows);
            back.CopyFrom(x, rows);
            var own = new Matrix(rows, 3);
            own.CopyFrom(gradient, rows);
            var log = new double[rows];
            splines.Forward(x, y, parameters, log, rows);
            splines.Backward(x, own, parameters, g, 0.3f, rows);
            splines.Inverse(y, back, parameters, 1, rows);
            Matrix[] results = [y, own, g, back];
            var numbers = results.SelectMany(result => Enumerable.Range(0, rows).SelectMany(i => result.RowSpan(i).ToArray()));
            return [.. log.Select(value => (float)value), .. numbers];
        }

        var (values, spline, slopes) = (New(3), New(2 * SplineParameters.Count(6)), New(3));
        All(narrow, values, spline, slopes).ShouldBe(All(wide, values, spline, slopes));
    }

    private delegate void Work(float* numbers);

    private delegate T Function<T>(T value);

    private static void Map<T>(float* x, Function<T> function)
        where T : struct, IFloats<T>
    {
        for (var i = 0; i < Count; i += T.Count)
        {
            function(T.Load(x + i)).Store(x + i);
        }
    }

    private static void Same(Work narrow, Work wide)
    {
        var (first, second) = (new AlignedArray<float>(Count), new AlignedArray<float>(Count));
        var stream = RandomStream.For(1, "width");
        for (var i = 0; i < Count; i++)
        {
            first.Pointer[i] = second.Pointer[i] = (float)(i % 7 == 0 ? 30 * stream.NextGaussian() : stream.NextGaussian());
        }

        var before = Bits(first);
        narrow(first.Pointer);
        wide(second.Pointer);
        Bits(first).ShouldBe(Bits(second));
        Bits(first).ShouldNotBe(before);
    }

    private static int[] Bits(AlignedArray<float> numbers) => [.. numbers.Span.ToArray().Select(BitConverter.SingleToInt32Bits)];

    private static float* Labels(float* from)
    {
        for (var i = 0; i < 16; i++)
        {
            from[i] = i % 2;
        }

        return from;
    }

    private static void Put(float* to, LossSum sum)
    {
        to[0] = (float)sum.Sum;
        to[1] = (float)sum.Weight;
    }

    private static void Put(float* to, double sum) => to[0] = (float)sum;
}
