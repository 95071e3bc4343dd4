using Sideband.Learning.Transport;
using Sideband.Templates.Learned;
using Sideband.Templates.Stages;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Feta;

/// <summary>The images of the window's simulated events, each at its own mass.</summary>
public sealed class FetaImageStage() : ImageStage(FetaTransportStage.StageName)
{
    public const string StageName = "images of simulation";

    public override string Name => StageName;

    public override StageReads Reads { get; } = StageReads.Nothing.And(InputRole.Simulation).Stage(FetaTransportStage.StageName);

    protected override TransportOptions OptionsOf(IOptionSource options, double events) => options.Option<TransportOptions>();

    protected override EventImages Images(IStageInputs inputs, EventTransport learned)
    {
        var simulation = inputs.Events(InputRole.Simulation);
        var chosen = simulation.IndicesIn(inputs.Window.SignalRegion);
        var events = simulation.Select(chosen);
        var mass = events.Mass.ToArray();
        return EventImages.Of(chosen, mass, learned.Map(DrawnEvents.Features(events), mass));
    }
}
