using Sideband.Learning.Boosting;
using Sideband.Learning.Networks;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Networks;

/// <summary>
/// Muon's steps of hidden weights against NumPy (numbers and script: tests/Reference/networks), and what they leave alone.
/// </summary>
public unsafe class OrthogonalMomentumTests
{
    private const int Inputs = 24;
    private const int Outputs = 40;
    private const double Rate = 1e-2;

    [Fact]
    public void Three_steps()
    {
        var p = new Parameters();
        var layer = HiddenLayer(p);
        using var team = new ShardTeam(1);
        var optimiser = new Optimiser(p, 0.01, decoupled: true, OptimiserKind.Muon);
        var gradient = new AlignedArray<float>(p.Count);
        for (var step = 0; step < 3; step++)
        {
            gradient.Span.Clear();
            Set(layer, gradient.Pointer, 42 + step, 0.1);
            optimiser.Step([gradient], 1, Rate, 0, team);
        }

        var reference = NetworkReference.Read("muon.json").GetProperty("weights");
        for (var i = 0; i < Inputs * Outputs; i++)
        {
            ((double)p.Weights[layer.WeightIndex(i / Outputs, i % Outputs)]).ShouldBe(reference[i].GetDouble(), 1e-5);
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits_and_other_weights_are_stepped_by_Adam()
    {
        float[] Stepped(OptimiserKind kind, int threads)
        {
            var p = new Parameters();
            var input = new DenseLayer(p, 5, 32, Activation.Silu);
            var blocks = Enumerable.Range(0, 6).Select(_ => new ResidualBlock(p, 32, 48, Activation.Silu, 3)).ToArray();
            p.Allocate();
            var gradient = new AlignedArray<float>(p.Count);
            gradient.Span.Clear();
            var stream = RandomStream.For(1);
            input.Initialise(stream);
            foreach (var block in blocks)
            {
                block.Initialise(stream);
            }

            using var team = new ShardTeam(threads);
            var optimiser = new Optimiser(p, 0, decoupled: true, kind);
            for (var step = 0; step < 4; step++)
            {
                foreach (ref var g in gradient.Span)
                {
                    g = (float)stream.NextGaussian();
                }

                optimiser.Step([gradient], 1, Rate, 1, team);
            }

            var all = new float[p.SnapshotLength];
            p.CopyTo(all);
            p.Hidden.Count.ShouldBe(12);
            return all;
        }

        var one = Stepped(OptimiserKind.Muon, 1);
        Stepped(OptimiserKind.Muon, 3).ShouldBe(one);

        var adam = Stepped(OptimiserKind.Adam, 1);
        var blockWeights = 2 * 32 * 48;
        var same = adam.Zip(one).Count(pair => pair.First.Equals(pair.Second));
        same.ShouldBe(one.Length - (6 * blockWeights));
    }

    [Fact]
    public void A_matrix_without_gradient_stays()
    {
        var p = new Parameters();
        var layer = HiddenLayer(p);
        var before = p.Weights[layer.WeightIndex(3, 4)];
        using var team = new ShardTeam(1);
        var gradient = new AlignedArray<float>(p.Count);
        gradient.Span.Clear();
        new Optimiser(p, 0, decoupled: true, OptimiserKind.Muon).Step([gradient], 1, Rate, 1, team);
        p.Weights[layer.WeightIndex(3, 4)].ShouldBe(before);
    }

    private static DenseLayer HiddenLayer(Parameters p)
    {
        var layer = new DenseLayer(p, Inputs, Outputs, Activation.None);
        p.AddHidden(layer.Weights);
        p.Allocate();
        Set(layer, p.Weights, 41, 0.3);
        return layer;
    }

    private static void Set(DenseLayer layer, float* values, int array, double scale)
    {
        for (var i = 0; i < Inputs; i++)
        {
            for (var j = 0; j < Outputs; j++)
            {
                values[layer.WeightIndex(i, j)] = (float)(scale * Math.Sin((1.3 * array) + (0.7 * i) + (1.1 * j) + (0.13 * i * j)));
            }
        }
    }
}
