using Sideband.Events.Readers;
using Sideband.Learning.Transport;
using Sideband.Templates.Learned;
using Sideband.Templates.Stages;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Feta;

/// <summary>The images of the window's simulated events, each at its own mass.</summary>
public sealed class FetaImageStage : IStage
{
    public const string StageName = "images of simulation";

    public string Name => StageName;

    public string Kind => "images";

    public StageReads Reads { get; } =
        StageReads.Nothing.And(InputRole.Simulation).Stage(FetaTransportStage.StageName);

    public bool IsIntermediate => true;

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var transport = inputs.Product<TransportProduct>(FetaTransportStage.StageName);
        if (transport.Failure is { } reason)
        {
            return new ImageProduct { Failure = reason };
        }

        var simulation = inputs.Events(InputRole.Simulation);
        var chosen = simulation.IndicesIn(inputs.Window.SignalRegion);
        var events = simulation.Select(chosen);
        var mass = events.Mass.ToArray();
        return ImageProduct.Of(chosen, mass, transport.Load().Map(DrawnEvents.Features(events), mass));
    }

    public IStageProduct Unpack(NpzFile file) => ImageProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) =>
        TransportCost.Images(size.Template, options.Option<TransportOptions>());
}
