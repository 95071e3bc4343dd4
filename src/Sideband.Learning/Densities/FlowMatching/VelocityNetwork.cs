using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>
/// The velocity v(x, t, m): a dense layer, residual blocks and a last dense layer. The context c = (m, cos k pi t, sin k pi t for
/// k = 1, ..., K) goes into the first layer and into every block; m is one mass or, for paths between two, both.
/// </summary>
internal sealed class VelocityNetwork
{
    public VelocityNetwork(int dimensions, int width, int blocks, int frequencies, int masses = 1)
        : this(frequencies, masses, (parameters, context) => new LayerChain(
        [
            new DenseLayer(parameters, dimensions, width, Activation.Silu, context),
            .. Enumerable.Range(0, blocks).Select(_ => new ResidualBlock(parameters, width, width, Activation.Silu, context)),
            new DenseLayer(parameters, width, dimensions, Activation.None),
        ])) => (Width, Blocks) = (width, blocks);

    /// <summary>Any layers, from the features and a context of the given width to the velocity.</summary>
    public VelocityNetwork(int frequencies, int masses, Func<Parameters, int, LayerChain> layers)
    {
        (Frequencies, Masses) = (frequencies, masses);
        Layers = layers(Parameters, ContextWidth(frequencies, masses));
        Parameters.Allocate();
    }

    public Parameters Parameters { get; } = new();

    public LayerChain Layers { get; }

    public int Width { get; }

    public int Blocks { get; }

    public int Frequencies { get; }

    /// <summary>Masses that a row has, the first columns of its context.</summary>
    public int Masses { get; }

    public int Dimensions => Layers.Inputs;

    public static int ContextWidth(int frequencies, int masses = 1) => masses + (2 * frequencies);

    /// <summary>Buffers for up to <paramref name="rows"/> rows.</summary>
    public Matrix NewContext(int rows) => new(rows, ContextWidth(Frequencies, Masses));

    /// <summary>Writes the time's columns of a row of the context; t in [0, 1].</summary>
    public void SetTime(Span<float> context, double t)
    {
        // cos(k a) and sin(k a) by the addition theorem.
        var (sine, cosine) = Trigonometry.SinCos(Math.PI * t);
        var (s, c) = (sine, cosine);
        for (var k = 0; k < Frequencies; k++)
        {
            context[Masses + (2 * k)] = (float)c;
            context[Masses + 1 + (2 * k)] = (float)s;
            (s, c) = ((s * cosine) + (c * sine), (c * cosine) - (s * sine));
        }
    }

    public void Initialise(RandomStream stream) => Layers.Initialise(stream);

    public void Restore(ReadOnlySpan<float> snapshot)
    {
        Parameters.CopyFrom(snapshot);
        Layers.Refresh();
    }
}
