using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.Flows;

/// <summary>Transforms one after the other: x becomes z = f(x; m), of a density standard normal when it has learned.</summary>
internal sealed class FlowNetwork
{
    /// <summary>In standard deviations of the preprocessed features: beyond, a spline is the identity.</summary>
    private const float SplineBound = 6;

    private readonly FlowTransform[] _transforms;

    private FlowNetwork(FlowShape shape)
    {
        Shape = shape;
        List<FlowTransform> transforms = [];
        for (var block = 0; block < shape.Blocks; block++)
        {
            // The features' order is reversed from block to block.
            var reversed = block % 2 == 1;
            var (d, hidden) = (shape.Dimensions, shape.Hidden);
            if (shape.Kind == DensityKind.Maf)
            {
                transforms.Add(new AffineTransform(Parameters, d, hidden, reversed));
                transforms.Add(new FlowBatchNorm(Parameters, d));
            }
            else if (shape.Coupling)
            {
                transforms.Add(new CouplingSpline(Parameters, shape, SplineBound, reversed));
            }
            else
            {
                transforms.Add(new AutoregressiveSpline(Parameters, d, hidden, shape.Bins, SplineBound, reversed));
            }
        }

        _transforms = [.. transforms];
        Parameters.Allocate();
    }

    public FlowShape Shape { get; }

    public Parameters Parameters { get; } = new();

    public IReadOnlyList<FlowTransform> Transforms => _transforms;

    public bool MixesRows => _transforms.Any(transform => transform.MixesRows);

    public static FlowNetwork Create(FlowShape shape) => new(shape);

    public void Initialise(RandomStream stream)
    {
        foreach (var transform in _transforms)
        {
            transform.Initialise(stream);
        }
    }

    public void Refresh()
    {
        foreach (var transform in _transforms)
        {
            transform.Refresh();
        }
    }

    public void Restore(ReadOnlySpan<float> snapshot)
    {
        Parameters.CopyFrom(snapshot);
        Refresh();
    }

    public FlowState[] NewStates(int rows) => [.. _transforms.Select(transform => transform.NewState(rows))];

    /// <summary>z, the output of the last state; ln |dz/dx| of each row.</summary>
    public Matrix Forward(Matrix x, FlowState[] states, Span<double> logJacobian, Pass pass)
    {
        logJacobian[..pass.Rows].Clear();
        for (var i = 0; i < _transforms.Length; i++)
        {
            _transforms[i].Forward(x, states[i], logJacobian, pass);
            x = states[i].Output;
        }

        return x;
    }

    /// <summary>The way back; the gradient with respect to z becomes that with respect to x.</summary>
    public void Backward(Matrix x, FlowState[] states, Matrix gradient, float jacobianGradient, Pass pass)
    {
        for (var i = _transforms.Length - 1; i >= 0; i--)
        {
            _transforms[i].Backward(i == 0 ? x : states[i - 1].Output, states[i], gradient, jacobianGradient, pass);
        }
    }

    /// <summary>z becomes x.</summary>
    public void Inverse(Matrix z, FlowState[] states, Pass pass)
    {
        for (var i = _transforms.Length - 1; i >= 0; i--)
        {
            _transforms[i].Inverse(z, states[i], pass);
        }
    }
}

/// <summary>What a flow network is built from; bins and coupling count for splines alone.</summary>
internal readonly record struct FlowShape(DensityKind Kind, int Dimensions, int Hidden, int Blocks, int Bins = 0, bool Coupling = false)
{
    /// <summary>Coupling splines: masses that a row has. Not in a file of densities, which have one.</summary>
    public int Masses { get; init; } = 1;

    /// <summary>Coupling splines: the weights are drawn so that the map is the identity.</summary>
    public bool BeginsAsIdentity { get; init; }

    public static FlowShape Of(DensityOptions options, int dimensions) => options.Kind == DensityKind.Spline
        ? new FlowShape(options.Kind, dimensions, options.HiddenWidth, options.Blocks, options.SplineBins, options.SplineCoupling)
        : new FlowShape(options.Kind, dimensions, options.HiddenWidth, options.Blocks);

    public void Write(BinaryWriter writer)
    {
        writer.Write(Dimensions);
        writer.Write(Hidden);
        writer.Write(Blocks);
        writer.Write(Bins);
        writer.Write(Coupling);
    }

    public static FlowShape Read(BinaryReader reader, DensityKind kind) =>
        new(kind, reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean());
}
