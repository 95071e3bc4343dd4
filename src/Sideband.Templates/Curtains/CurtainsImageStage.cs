using Sideband.Events.Readers;
using Sideband.Learning.Transport;
using Sideband.Templates.Learned;
using Sideband.Templates.Stages;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Curtains;

/// <summary>The sidebands' events, each carried to a mass of the signal region's spectrum.</summary>
public sealed class CurtainsImageStage : IStage
{
    public const string StageName = "images between masses";

    public string Name => StageName;

    public string Kind => "images";

    public StageReads Reads { get; } = StageReads.Searched.Option<CurtainsOptions>().Stage(CurtainsTransportStage.StageName);

    public bool IsIntermediate => true;

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var transport = inputs.Product<TransportProduct>(CurtainsTransportStage.StageName);
        if (transport.Failure is { } reason)
        {
            return new ImageProduct { Failure = reason };
        }

        var all = inputs.Events(InputRole.Searched);
        var chosen = inputs.Option<CurtainsOptions>().EventsOf(all, inputs.Window);
        var events = all.Select(chosen);
        var mass = inputs.Spectrum().Draw(chosen.Length, inputs.Stream(StageName, "masses"));
        return ImageProduct.Of(chosen, mass, transport.Load().Map(DrawnEvents.Features(events), mass, events.Mass.ToArray()));
    }

    public IStageProduct Unpack(NpzFile file) => ImageProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) =>
        TransportCost.Images(size.Template, options.Option<TransportOptions>());
}
