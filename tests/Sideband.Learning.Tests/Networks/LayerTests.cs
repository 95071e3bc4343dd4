using Sideband.Learning.Boosting;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Networks;

/// <summary>Every layer's way back against finite differences, and what layers promise beside.</summary>
public unsafe class LayerTests
{
    [Theory]
    [InlineData(Activation.None, 5, 3, 0)]
    [InlineData(Activation.Silu, 5, 40, 0)]
    [InlineData(Activation.Silu, 17, 35, 7)]
    [InlineData(Activation.Elu, 33, 20, 2)]
    public void Dense(Activation activation, int inputs, int outputs, int context)
    {
        var parameters = new Parameters();
        GradientCheck.Of(new DenseLayer(parameters, inputs, outputs, activation, context), parameters, 21, context);
    }

    [Fact]
    public void Dense_relu_away_from_its_kink()
    {
        // The input is positive or negative as a whole and so are the weights' products: |z| stays above the step of the differences.
        var parameters = new Parameters();
        var layer = new DenseLayer(parameters, 1, 8, Activation.Relu);
        parameters.Allocate();
        layer.Initialise(RandomStream.For(3));
        var (x, state) = (GradientCheck.Random(9, 1, "x"), layer.NewState(9));
        for (var n = 0; n < 8; n++)
        {
            parameters.Weights[layer.BiasIndex(n)] = n % 2 == 0 ? 30 : -30;
        }

        var gradient = new AlignedArray<float>(parameters.Count);
        var pass = new Pass { Rows = 9, Gradient = gradient.Pointer };
        layer.Forward(x, state, pass);
        var g = GradientCheck.Random(9, 8, "c");
        layer.Backward(x, state, g, null, add: false, pass);
        for (var n = 0; n < 8; n++)
        {
            var expected = 0f;
            for (var i = 0; i < 9; i++)
            {
                expected += n % 2 == 0 ? GradientCheck.Random(9, 8, "c").Row(i)[n] : 0;
                state.Output.Row(i)[n].ShouldBe(n % 2 == 0 ? 30 + (x.Row(i)[0] * parameters.Weights[layer.WeightIndex(0, n)]) : 0, 1e-4f);
            }

            gradient.Pointer[layer.BiasIndex(n)].ShouldBe(expected);
        }
    }

    [Fact]
    public void Masked_weights_are_zero_and_get_no_gradient_and_the_rest_is_right()
    {
        var parameters = new Parameters();
        bool Mask(int k, int n) => k * 80 <= n * 40;
        var layer = new DenseLayer(parameters, 40, 80, Activation.Silu, 1, Mask);
        GradientCheck.Of(layer, parameters, 12, 1);

        // Way forth and back against a layer without a mask that has the same weights.
        var plainParameters = new Parameters();
        var plain = new DenseLayer(plainParameters, 40, 80, Activation.Silu, 1);
        plainParameters.Allocate();
        for (var i = 0; i < parameters.Count; i++)
        {
            plainParameters.Weights[i] = parameters.Weights[i];
        }

        var (gradient, plainGradient) = (new AlignedArray<float>(parameters.Count), new AlignedArray<float>(parameters.Count));
        gradient.Span.Clear();
        plainGradient.Span.Clear();
        var (dx, plainDx) = (Run(layer, gradient.Pointer), Run(plain, plainGradient.Pointer));
        for (var k = 0; k < 40; k++)
        {
            for (var n = 0; n < 80; n++)
            {
                parameters.Weights[layer.WeightIndex(k, n)].ShouldBe(Mask(k, n) ? parameters.Weights[layer.WeightIndex(k, n)] : 0);
                gradient.Pointer[layer.WeightIndex(k, n)].ShouldBe(Mask(k, n) ? plainGradient.Pointer[layer.WeightIndex(k, n)] : 0);
            }
        }

        for (var i = 0; i < 12; i++)
        {
            // Adding zeros changes nothing: the same bits.
            dx.RowSpan(i).ToArray().ShouldBe(plainDx.RowSpan(i).ToArray());
        }
    }

    [Fact]
    public void Residual_block()
    {
        var parameters = new Parameters();
        GradientCheck.Of(new ResidualBlock(parameters, 20, 33, Activation.Silu, 3), parameters, 18, 3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Batch_normalisation(bool training)
    {
        var parameters = new Parameters();
        GradientCheck.Of(new BatchNormLayer(parameters, 5), parameters, 30, training: training);
    }

    [Fact]
    public void Dropout_leaves_out_a_fraction_and_keeps_the_mean()
    {
        var parameters = new Parameters();
        GradientCheck.Of(new LayerChain(new DenseLayer(parameters, 4, 30, Activation.Silu), new DropoutLayer(30, 0.3)), parameters, 12);

        var layer = new DropoutLayer(50, 0.3);
        var (x, state) = (new Matrix(2000, 50), layer.NewState(2000));
        for (var i = 0; i < 2000; i++)
        {
            x.RowSpan(i).Fill(1);
        }

        layer.Forward(x, state, new Pass { Rows = 2000, Training = true, Noise = RandomStream.For(1) });
        var values = Enumerable.Range(0, 2000).SelectMany(i => state.Output.RowSpan(i).ToArray()).ToArray();

        // 100,000 numbers: the fraction of zeros is known to 0.0015; five standard deviations.
        (values.Count(value => value == 0) / 1e5).ShouldBe(0.3, 0.0075);
        values.Where(value => value != 0).ShouldAllBe(value => value == (float)(1 / 0.7));
    }

    [Fact]
    public void A_chain_of_layers()
    {
        var parameters = new Parameters();
        var chain = new LayerChain(
            new DenseLayer(parameters, 4, 24, Activation.Silu, 3), new ResidualBlock(parameters, 24, 24, Activation.Silu, 3),
            new ResidualBlock(parameters, 24, 24, Activation.Elu, 3), new DenseLayer(parameters, 24, 4, Activation.None));
        GradientCheck.Of(chain, parameters, 15, 3);
    }

    private static Matrix Run(DenseLayer layer, float* gradient)
    {
        layer.Refresh();
        var state = layer.NewState(12);
        var x = GradientCheck.Random(12, 40, "x");
        var pass = new Pass { Rows = 12, Context = GradientCheck.Random(12, 1, "m"), KeepDerivatives = true, Gradient = gradient };
        layer.Forward(x, state, pass);
        var dx = new Matrix(12, 40);
        layer.Backward(x, state, GradientCheck.Random(12, 80, "c"), dx, add: false, pass);
        return dx;
    }
}
