using System.Text.Json;
using Sideband.Learning.Boosting;
using Sideband.Learning.Densities;
using Sideband.Learning.Densities.Flows;
using Sideband.Learning.Densities.Preprocessing;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Tests.Networks;

/// <summary>
/// Three training steps against PyTorch 1.13 (numbers and script: tests/Reference/networks): losses, gradients, clipping, Adam and AdamW.
/// Both compute in single precision and sum in another order: a few 1e-6 relative to numbers of order 1.
/// </summary>
public unsafe class ReferenceTests
{
    private const int Rows = 24;
    private const int Features = 4;
    private const int Hidden = 24;
    private const double Rate = 1e-2;

    [Fact]
    public void One_block_of_a_masked_autoregressive_flow()
    {
        var network = FlowNetwork.Create(new FlowShape(DensityKind.Maf, Features, Hidden, 1));
        var p = network.Parameters;
        var layers = ((AffineTransform)network.Transforms[0]).Conditioner.Layers;
        var norm = (FlowBatchNorm)network.Transforms[1];
        var places = new Dictionary<string, int[]>
        {
            ["w1"] = Places(Features, Hidden, layers[0].WeightIndex),
            ["c1"] = Places(1, Hidden, layers[0].ContextIndex),
            ["b1"] = Places(1, Hidden, (_, n) => layers[0].BiasIndex(n)),
            ["w2"] = Places(Hidden, Hidden, layers[1].WeightIndex),
            ["b2"] = Places(1, Hidden, (_, n) => layers[1].BiasIndex(n)),
            ["w3"] = Places(Hidden, 2 * Features, layers[2].WeightIndex),
            ["b3"] = Places(1, 2 * Features, (_, n) => layers[2].BiasIndex(n)),
            ["log_gamma"] = Places(1, Features, (_, n) => norm.LogGammaIndex(n)),
            ["beta"] = Places(1, Features, (_, n) => norm.BetaIndex(n)),
        };
        var conditioner = ((AffineTransform)network.Transforms[0]).Conditioner;
        bool Mask1(int k, int n) => conditioner.Degree(n) >= k;
        bool Mask2(int k, int n) => conditioner.Degree(n) >= conditioner.Degree(k);
        bool Mask3(int k, int n) => n % Features > conditioner.Degree(k);
        Set(p, places["w1"], 1, Features, Hidden, 0.4, Mask1);
        Set(p, places["c1"], 2, 1, Hidden, 0.4);
        Set(p, places["b1"], 3, 1, Hidden, 0.4);
        Set(p, places["w2"], 4, Hidden, Hidden, 0.2, Mask2);
        Set(p, places["b2"], 5, 1, Hidden, 0.4);
        Set(p, places["w3"], 6, Hidden, 2 * Features, 0.2, Mask3);
        Set(p, places["b3"], 7, 1, 2 * Features, 0.2);
        Set(p, places["log_gamma"], 8, 1, Features, 0.3);
        Set(p, places["beta"], 9, 1, Features, 0.3);
        var events = new StandardisedEvents(
            Features, [.. Enumerable.Range(0, Rows * Features).Select(i => Formula(20, i / Features, i % Features, 1.2))],
            [.. Enumerable.Range(0, Rows).Select(i => Formula(21, i, 0, 1))]);
        var training = new FlowTraining(network, events);
        training.Prepare(1, Rows);
        int[] rows = [.. Enumerable.Range(0, Rows)];
        var optimiser = new Optimiser(p, 1e-6, decoupled: false);
        Compare("maf", p, places, optimiser, 0, gradient =>
        {
            training.Refresh();
            return training.Step(0, rows, Rows, gradient).Mean;
        });
    }

    [Fact]
    public void One_residual_block()
    {
        const int Context = 3;
        var p = new Parameters();
        var block = new ResidualBlock(p, Hidden, Hidden, Activation.Silu, Context);
        p.Allocate();
        var places = new Dictionary<string, int[]>
        {
            ["w1"] = Places(Hidden, Hidden, block.First.WeightIndex),
            ["c1"] = Places(Context, Hidden, block.First.ContextIndex),
            ["b1"] = Places(1, Hidden, (_, n) => block.First.BiasIndex(n)),
            ["w2"] = Places(Hidden, Hidden, block.Second.WeightIndex),
            ["b2"] = Places(1, Hidden, (_, n) => block.Second.BiasIndex(n)),
        };
        Set(p, places["w1"], 11, Hidden, Hidden, 0.3);
        Set(p, places["c1"], 12, Context, Hidden, 0.3);
        Set(p, places["b1"], 13, 1, Hidden, 0.3);
        Set(p, places["w2"], 14, Hidden, Hidden, 0.3);
        Set(p, places["b2"], 15, 1, Hidden, 0.3);
        var (x, context, y) = (Filled(30, Hidden, 1.2), Filled(31, Context, 1), Filled(32, Hidden, 1));
        var (state, output) = (block.NewState(Rows), new Matrix(Rows, Hidden));
        Compare("residual", p, places, new Optimiser(p, 0.01, decoupled: true), 0.5, gradient =>
        {
            block.Refresh();
            var pass = new Pass { Rows = Rows, Context = context, Training = true, KeepDerivatives = true, Gradient = gradient };
            block.Forward(x, state, pass);
            var sum = 0.0;
            for (var i = 0; i < Rows; i++)
            {
                for (var j = 0; j < Hidden; j++)
                {
                    var difference = state.Output.Row(i)[j] - y.Row(i)[j];
                    sum += difference * difference;
                    output.Row(i)[j] = 2 * difference / (Rows * Hidden);
                }
            }

            block.Backward(x, state, output, null, add: false, pass);
            return sum / (Rows * Hidden);
        });
    }

    private delegate double LossAndGradient(float* gradient);

    private static void Compare(
        string name, Parameters p, Dictionary<string, int[]> places, Optimiser optimiser, double clip, LossAndGradient evaluate)
    {
        var reference = NetworkReference.Read("reference.json").GetProperty(name);
        var gradient = new AlignedArray<float>(p.Count);
        gradient.Span.Clear();
        using var team = new ShardTeam(1);
        for (var step = 0; step < 3; step++)
        {
            evaluate(gradient.Pointer).ShouldBe(reference.GetProperty("loss")[step].GetDouble(), 1e-5);
            if (step == 0)
            {
                CompareArrays(reference.GetProperty("gradient"), places, i => gradient.Pointer[i], 3e-6);
            }

            optimiser.Step([gradient], 1, Rate, clip, team);
        }

        evaluate(gradient.Pointer).ShouldBe(reference.GetProperty("loss")[3].GetDouble(), 2e-5);

        // Adam divides a gradient by its own size: where it is rounding alone (batch normalisation makes some exactly 0), so is the step.
        CompareArrays(reference.GetProperty("weights"), places, i => p.Weights[i], 3e-5, reference.GetProperty("gradient"));
    }

    private static void CompareArrays(
        JsonElement reference, Dictionary<string, int[]> places, Func<int, float> ours, double tolerance, JsonElement? gradient = null)
    {
        var compared = 0;
        foreach (var (name, indices) in places)
        {
            var theirs = reference.GetProperty(name);
            theirs.GetArrayLength().ShouldBe(indices.Length);
            for (var i = 0; i < indices.Length; i++)
            {
                if (gradient is null || Math.Abs(gradient.Value.GetProperty(name)[i].GetDouble()) > 1e-4)
                {
                    compared++;
                    ((double)ours(indices[i])).ShouldBe(theirs[i].GetDouble(), tolerance, $"{name} {i}");
                }
            }
        }

        compared.ShouldBeGreaterThan(places.Values.Sum(indices => indices.Length) / 3);
    }

    private static int[] Places(int rows, int columns, Func<int, int, int> index) =>
        [.. Enumerable.Range(0, rows * columns).Select(i => index(i / columns, i % columns))];

    private static void Set(Parameters p, int[] places, int array, int rows, int columns, double scale, Func<int, int, bool>? mask = null)
    {
        for (var i = 0; i < rows * columns; i++)
        {
            p.Weights[places[i]] = mask is null || mask(i / columns, i % columns) ? Formula(array, i / columns, i % columns, scale) : 0;
        }
    }

    private static Matrix Filled(int array, int columns, double scale)
    {
        var matrix = new Matrix(Rows, columns);
        for (var i = 0; i < Rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                matrix.Row(i)[j] = Formula(array, i, j, scale);
            }
        }

        return matrix;
    }

    private static float Formula(int array, int i, int j, double scale) =>
        (float)(scale * Math.Sin((1.3 * array) + (0.7 * i) + (1.1 * j) + (0.13 * i * j)));
}
