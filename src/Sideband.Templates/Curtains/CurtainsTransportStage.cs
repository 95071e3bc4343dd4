using Sideband.Events.Readers;
using Sideband.Learning.Transport;
using Sideband.Templates.Learned;
using Sideband.Templates.Stages;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Curtains;

/// <summary>Learns to carry events from any mass in the sidebands to any other.</summary>
public sealed class CurtainsTransportStage : IStage
{
    public const string StageName = "transport between masses";

    public string Name => StageName;

    public string Kind => "transport";

    public StageReads Reads { get; } = StageReads.Searched.Option<TransportOptions>().Option<CurtainsOptions>();

    public bool DescribesSource => true;

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var gap = inputs.Window.Gap;
        var events = inputs.Events(InputRole.Searched);
        events = events.Select(inputs.Option<CurtainsOptions>().EventsOf(events, inputs.Window));
        return TransportProduct.Of(TransportTrainer.FromMassToMass(
            inputs.Option<TransportOptions>(),
            new TransportSample(DrawnEvents.Features(events), events.Mass.ToArray()),
            0.5 * (gap.Low + gap.High),
            inputs.Stream(StageName),
            threads,
            cancellation));
    }

    public IStageProduct Unpack(NpzFile file) => TransportProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) =>
        TransportCost.Training(size.Learned, options.Option<TransportOptions>());
}
