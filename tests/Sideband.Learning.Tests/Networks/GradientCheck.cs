using Sideband.Learning.Boosting;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Networks;

/// <summary>
/// Compares gradients with central differences of a loss sum c y with random c. Steps of 1e-2 in single precision: the rounding of the
/// outputs (1e-7 of numbers of order 1, summed over a few hundred) gives 1e-4, the third derivative about as much, so 3e-3 of the
/// largest gradient is allowed.
/// </summary>
internal static unsafe class GradientCheck
{
    private const float Step = 1e-2f;
    private const double Tolerance = 3e-3;

    public static Matrix Random(int rows, int columns, string name)
    {
        var stream = RandomStream.For(7, "gradient check", name);
        var matrix = new Matrix(rows, columns);
        for (var i = 0; i < rows; i++)
        {
            foreach (ref var value in matrix.RowSpan(i))
            {
                value = (float)stream.NextGaussian();
            }
        }

        return matrix;
    }

    public static void Of(Layer layer, Parameters parameters, int rows, int context = 0, bool training = true)
    {
        parameters.Allocate();
        layer.Initialise(RandomStream.For(3, "weights"));
        var (x, c) = (Random(rows, layer.Inputs, "x"), Random(rows, layer.Outputs, "c"));
        var (state, gradient) = (layer.NewState(rows), new AlignedArray<float>(parameters.Count));
        gradient.Span.Clear();
        Pass NewPass() => new()
        {
            Rows = rows,
            Context = context > 0 ? Random(rows, context, "context") : null,
            Training = training,
            KeepDerivatives = true,
            Gradient = gradient.Pointer,
            Noise = RandomStream.For(4, "noise"),
        };
        double Loss()
        {
            layer.Refresh();
            layer.Forward(x, state, NewPass());
            return Dot(state.Output, c, rows);
        }

        Loss();
        var outputGradient = new Matrix(rows, layer.Outputs);
        outputGradient.CopyFrom(c, rows);
        var inputGradient = new Matrix(rows, layer.Inputs);
        layer.Backward(x, state, outputGradient, inputGradient, add: false, NewPass());
        CompareInputs(x, inputGradient, rows, Loss);
        CompareWeights(parameters, gradient, Loss);
    }

    public static double Dot(Matrix a, Matrix b, int rows)
    {
        var sum = 0.0;
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < a.Columns; j++)
            {
                sum += (double)a.Row(i)[j] * b.Row(i)[j];
            }
        }

        return sum;
    }

    /// <summary>
    /// <paramref name="kinks"/>: of one in twenty the difference may be wrong, because a kink lies within its (then shorter) step.
    /// </summary>
    public static void CompareInputs(Matrix x, Matrix gradient, int rows, Func<double> loss, bool kinks = false)
    {
        List<(double, double)> pairs = [];
        for (var i = 0; i < rows; i += 3)
        {
            for (var j = 0; j < x.Columns; j++)
            {
                pairs.Add((gradient.Row(i)[j], Difference(x.Row(i) + j, loss, kinks)));
            }
        }

        Compare(pairs, kinks);
    }

    public static void CompareWeights(Parameters parameters, AlignedArray<float> gradient, Func<double> loss, bool kinks = false)
    {
        // About 400 of the weights; padding and masked weights are 0 and have no gradient.
        List<(double, double)> pairs = [];
        var stride = Math.Max(1, parameters.Count / 400);
        for (var i = 0; i < parameters.Count; i += stride)
        {
            if (parameters.Weights[i] != 0 || gradient.Pointer[i] != 0)
            {
                pairs.Add((gradient.Pointer[i], Difference(parameters.Weights + i, loss, kinks)));
            }
        }

        Compare(pairs, kinks);
    }

    private static double Difference(float* number, Func<double> loss, bool kinks)
    {
        var step = kinks ? Step / 8 : Step;
        var old = *number;
        *number = old + step;
        var (high, above) = (loss(), *number);
        *number = old - step;
        var (low, below) = (loss(), *number);
        *number = old;
        return (high - low) / ((double)above - below);
    }

    private static void Compare(List<(double Ours, double Difference)> pairs, bool kinks)
    {
        var scale = pairs.Max(pair => Math.Abs(pair.Difference));
        scale.ShouldBeGreaterThan(0);
        var errors = pairs.Select(pair => Math.Abs(pair.Ours - pair.Difference)).Order().ToArray();
        errors[^(1 + (kinks ? errors.Length / 20 : 0))].ShouldBeLessThan((kinks ? 2 : 1) * Tolerance * scale);
    }
}
