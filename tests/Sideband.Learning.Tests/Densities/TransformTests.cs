using Sideband.Learning.Boosting;
using Sideband.Learning.Densities;
using Sideband.Learning.Densities.Flows;
using Sideband.Learning.Kernels;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Learning.Tests.Networks;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Densities;

/// <summary>Gradients, Jacobians and inverses of whole flows, in training (batch's statistics) and outside of it.</summary>
public unsafe class TransformTests
{
    /// <summary>Kind, features, whether it couples, masses.</summary>
    public static TheoryData<DensityKind, int, bool, int> Flows => new()
    {
        { DensityKind.Maf, 1, false, 1 }, { DensityKind.Maf, 4, false, 1 }, { DensityKind.Maf, 19, false, 1 },
        { DensityKind.Spline, 1, false, 1 }, { DensityKind.Spline, 4, false, 1 },
        { DensityKind.Spline, 1, true, 1 }, { DensityKind.Spline, 5, true, 1 }, { DensityKind.Spline, 5, true, 2 },
    };

    [Theory]
    [MemberData(nameof(Flows))]
    public void Gradients_are_those_of_finite_differences(DensityKind kind, int dimensions, bool coupling, int masses)
    {
        const int Rows = 24;
        var network = Make(kind, dimensions, coupling, masses);
        var (x, context, c) = (
            GradientCheck.Random(Rows, dimensions, "x"),
            GradientCheck.Random(Rows, masses, "m"),
            GradientCheck.Random(Rows, dimensions, "c"));
        var (states, jacobian, gradient) = (network.NewStates(Rows), new double[Rows], new AlignedArray<float>(network.Parameters.Count));
        gradient.Span.Clear();
        var pass = new Pass { Rows = Rows, Context = context, Training = true, KeepDerivatives = true, Gradient = gradient.Pointer };
        double Loss()
        {
            network.Refresh();
            var z = network.Forward(x, states, jacobian, pass);
            return GradientCheck.Dot(z, c, Rows) + (0.7 * jacobian.Sum());
        }

        Loss();
        var g = new Matrix(Rows, dimensions);
        g.CopyFrom(c, Rows);
        network.Backward(x, states, g, 0.7f, pass);
        var kinks = kind == DensityKind.Spline;
        GradientCheck.CompareInputs(x, g, Rows, Loss, kinks);
        GradientCheck.CompareWeights(network.Parameters, gradient, Loss, kinks);
    }

    [Theory]
    [MemberData(nameof(Flows))]
    public void The_inverse_undoes_the_map(DensityKind kind, int dimensions, bool coupling, int masses)
    {
        const int Rows = 37;
        var network = Make(kind, dimensions, coupling, masses);
        network.Refresh();
        var (x, states, jacobian) = (GradientCheck.Random(Rows, dimensions, "x"), network.NewStates(Rows), new double[Rows]);
        var pass = new Pass { Rows = Rows, Context = GradientCheck.Random(Rows, masses, "m") };
        var z = new Matrix(Rows, dimensions);
        z.CopyFrom(network.Forward(x, states, jacobian, pass), Rows);
        network.Inverse(z, states, pass);
        for (var i = 0; i < Rows; i++)
        {
            for (var f = 0; f < dimensions; f++)
            {
                // Single precision: a few roundings a block.
                ((double)z.Row(i)[f]).ShouldBe(x.Row(i)[f], 2e-5);
            }
        }
    }

    [Fact]
    public void A_spline_without_parameters_is_the_identity_and_every_spline_rises_and_has_the_slope_it_says()
    {
        var spline = new OneSpline(8, 3);
        spline.Set(new float[SplineParameters.Count(8)]);
        for (var x = -4f; x < 4; x += 0.1f)
        {
            var (y, log) = spline.Forward(x);
            ((double)y).ShouldBe(x, 1e-6);
            log.ShouldBe(0, 1e-5);
        }

        var stream = RandomStream.For(4, "spline");
        spline.Set([.. Enumerable.Range(0, SplineParameters.Count(8)).Select(_ => (float)(2 * stream.NextGaussian()))]);
        for (var x = -3.2f; x < 3.2f; x += 0.013f)
        {
            const float Step = 1e-3f;
            var (y, log) = spline.Forward(x);
            var (high, _) = spline.Forward(x + Step);
            var (low, _) = spline.Forward(x - Step);
            high.ShouldBeGreaterThan(low);

            // The slope is continuous, its own slope is not: across a knot the difference is good to a step of that.
            ((high - low) / (2 * Step)).ShouldBe((float)Math.Exp(log), 0.02f + (0.05f * (float)Math.Exp(log)));
            // Where the spline is flat, x is known as badly as y allows; y is not.
            ((double)spline.Forward(spline.Inverse(y)).Y).ShouldBe(y, 3e-5);
        }
    }

    [Fact]
    public void A_spline_s_gradients_are_those_of_finite_differences()
    {
        const int Bins = 6;
        const float Step = 2e-3f;
        var stream = RandomStream.For(6, "spline");
        var spline = new OneSpline(Bins, 3);
        var count = SplineParameters.Count(Bins);
        float[] numbers = [.. Enumerable.Range(0, count).Select(_ => (float)stream.NextGaussian())];
        var gradient = new float[count];
        var compared = 0;
        for (var x = -3.3f; x < 3.3f; x += 0.0731f)
        {
            double Loss(float at)
            {
                spline.Set(numbers);
                var (y, log) = spline.Forward(at);
                return (0.8 * y) - (0.6 * log);
            }

            // The slope of the log-slope jumps at knots: one-sided differences that disagree are not compared.
            void Check(float ours, Func<float, double> loss)
            {
                var (high, middle, low) = (loss(Step), loss(0), loss(-Step));
                if (Math.Abs((high - middle) - (middle - low)) < 0.02 * Step)
                {
                    ((double)ours).ShouldBe((high - low) / (2 * Step), 5e-3 + (0.01 * Math.Abs(ours)));
                    compared++;
                }
            }

            spline.Set(numbers);
            Check(spline.Backward(x, 0.8f, -0.6f, gradient), shift => Loss(x + shift));
            for (var i = 0; i < count; i++)
            {
                var old = numbers[i];
                Check(gradient[i], shift =>
                {
                    numbers[i] = old + shift;
                    var loss = Loss(x);
                    numbers[i] = old;
                    return loss;
                });
            }
        }

        compared.ShouldBeGreaterThan(1400);
    }

    private static FlowNetwork Make(DensityKind kind, int dimensions, bool coupling, int masses)
    {
        var network = FlowNetwork.Create(new FlowShape(kind, dimensions, 40, 3, 7, coupling) { Masses = masses });
        network.Initialise(RandomStream.For(2, "flow"));

        // Away from the kinks of ReLU, so that finite differences are smooth: small weights, and large biases of the hidden layers.
        IEnumerable<DenseLayer[]> conditioners = network.Transforms.Select(transform => transform switch
        {
            AffineTransform affine => [.. affine.Conditioner.Layers],
            AutoregressiveSpline spline => [.. spline.Conditioner.Layers],
            CouplingSpline spline => [.. spline.Layers.Layers.Cast<DenseLayer>()],
            _ => Array.Empty<DenseLayer>(),
        });
        foreach (var layers in conditioners)
        {
            foreach (var layer in layers.Take(2))
            {
                for (var unit = 0; unit < layer.Outputs; unit++)
                {
                    network.Parameters.Weights[layer.BiasIndex(unit)] = unit % 3 == 0 ? -4 : 4;
                    for (var input = 0; input < layer.Inputs; input++)
                    {
                        network.Parameters.Weights[layer.WeightIndex(input, unit)] *= 0.3f;
                    }
                }
            }

            // A spline's second derivative jumps at its knots: mild splines, so that few differences notice.
            for (var output = 0; kind == DensityKind.Spline && output < layers[^1].Outputs; output++)
            {
                for (var unit = 0; unit < layers[^1].Inputs; unit++)
                {
                    network.Parameters.Weights[layers[^1].WeightIndex(unit, output)] *= 0.1f;
                }
            }
        }

        return network;
    }

    /// <summary>Lane 5 of equal splines.</summary>
    private sealed class OneSpline(int bins, float bound)
    {
        private const int Lane = 5;
        private readonly RationalQuadraticSpline<Floats8> _spline = new(bins, bound);
        private readonly AlignedArray<float> _numbers = new(8 * SplineParameters.Count(bins));

        public void Set(float[] numbers)
        {
            for (var i = 0; i < 8 * numbers.Length; i++)
            {
                _numbers.Pointer[i] = numbers[i / 8];
            }

            _spline.Set(_numbers.Pointer, 8);
        }

        public (float Y, double Log) Forward(float x)
        {
            var y = _spline.Forward(Floats8.Create(x), out var log);
            return (Of(y), Of(log));
        }

        public float Inverse(float y) => Of(_spline.Inverse(Floats8.Create(y)));

        public float Backward(float x, float gradientY, float gradientLog, float[] gradient)
        {
            var g = _spline.Backward(Floats8.Create(x), Floats8.Create(gradientY), gradientLog, _numbers.Pointer, 8);
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] = _numbers.Pointer[(8 * i) + Lane];
            }

            return Of(g);
        }

        private static float Of(Floats8 lanes)
        {
            var numbers = stackalloc float[Floats8.Count];
            lanes.Store(numbers);
            return numbers[Lane];
        }
    }
}
