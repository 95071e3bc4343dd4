using Sideband.Learning.Boosting;
using Sideband.Learning.Densities;
using Sideband.Learning.Densities.Flows;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Learning.Tests.Networks;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Densities;

/// <summary>Gradients, Jacobians and inverses of whole flows, in training (batch's statistics) and outside of it.</summary>
public unsafe class TransformTests
{
    public static TheoryData<DensityKind, int> Flows => new() { { DensityKind.Maf, 1 }, { DensityKind.Maf, 4 }, { DensityKind.Maf, 19 } };

    [Theory]
    [MemberData(nameof(Flows))]
    public void Gradients_are_those_of_finite_differences(DensityKind kind, int dimensions)
    {
        const int Rows = 24;
        var network = Make(kind, dimensions);
        var (x, context, c) = (GradientCheck.Random(Rows, dimensions, "x"), GradientCheck.Random(Rows, 1, "m"), GradientCheck.Random(Rows, dimensions, "c"));
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
        GradientCheck.CompareInputs(x, g, Rows, Loss);
        GradientCheck.CompareWeights(network.Parameters, gradient, Loss);
    }

    [Theory]
    [MemberData(nameof(Flows))]
    public void The_inverse_undoes_the_map(DensityKind kind, int dimensions)
    {
        const int Rows = 37;
        var network = Make(kind, dimensions);
        network.Refresh();
        var (x, states, jacobian) = (GradientCheck.Random(Rows, dimensions, "x"), network.NewStates(Rows), new double[Rows]);
        var pass = new Pass { Rows = Rows, Context = GradientCheck.Random(Rows, 1, "m") };
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

    private static FlowNetwork Make(DensityKind kind, int dimensions)
    {
        var network = FlowNetwork.Create(new FlowShape(kind, dimensions, 40, 3));
        network.Initialise(RandomStream.For(2, "flow"));

        // Away from the kinks of ReLU, so that finite differences are smooth: large biases and small weights.
        foreach (var transform in network.Transforms.OfType<AffineTransform>())
        {
            foreach (var layer in transform.Conditioner.Layers.Take(2))
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
        }

        return network;
    }
}
