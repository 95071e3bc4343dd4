using Sideband.Events.Readers;
using Sideband.Learning.Transport;
using Sideband.Templates.Learned;
using Sideband.Templates.Stages;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Feta;

/// <summary>Learns to carry simulation to data outside of a window.</summary>
public sealed class FetaTransportStage : IStage
{
    public const string StageName = "transport of simulation";

    public string Name => StageName;

    public string Kind => "transport";

    public StageReads Reads { get; } = StageReads.Searched.And(InputRole.Simulation).Option<TransportOptions>();

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var gap = inputs.Window.Gap;
        TransportSample Outside(InputRole role)
        {
            var events = inputs.Events(role);
            events = events.Select(events.IndicesOutside(gap));
            return new TransportSample(DrawnEvents.Features(events), events.Mass.ToArray());
        }

        return TransportProduct.Of(TransportTrainer.AtOneMass(
            inputs.Option<TransportOptions>(),
            Outside(InputRole.Simulation),
            Outside(InputRole.Searched),
            0.5 * (gap.Low + gap.High),
            inputs.Stream(StageName),
            threads,
            cancellation));
    }

    public IStageProduct Unpack(NpzFile file) => TransportProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) =>
        TransportCost.Training(size.Learned, options.Option<TransportOptions>());
}
