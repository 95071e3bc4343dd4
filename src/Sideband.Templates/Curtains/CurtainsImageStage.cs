using Sideband.Learning.Transport;
using Sideband.Templates.Learned;
using Sideband.Templates.Stages;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Curtains;

/// <summary>The sidebands' events, each carried to a mass of the signal region's spectrum.</summary>
public sealed class CurtainsImageStage() : ImageStage(CurtainsTransportStage.StageName)
{
    public const string StageName = "images between masses";

    public override string Name => StageName;

    public override StageReads Reads { get; } =
        StageReads.Searched.Option<CurtainsOptions>().Stage(CurtainsTransportStage.StageName);

    protected override TransportOptions OptionsOf(IOptionSource options, double events) =>
        options.Option<CurtainsOptions>().TransportOf(events);

    protected override EventImages Images(IStageInputs inputs, EventTransport learned)
    {
        var all = inputs.Events(InputRole.Searched);
        var chosen = inputs.Option<CurtainsOptions>().EventsOf(all, inputs.Window);
        var events = all.Select(chosen);
        var mass = inputs.Spectrum().Draw(chosen.Length, inputs.Stream(StageName, "masses"));
        return EventImages.Of(chosen, mass, learned.Map(DrawnEvents.Features(events), mass, events.Mass.ToArray()));
    }
}
