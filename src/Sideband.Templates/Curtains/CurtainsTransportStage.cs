using Sideband.Learning.Transport;
using Sideband.Numerics;
using Sideband.Templates.Stages;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Curtains;

/// <summary>Learns to carry events from any mass in the sidebands to any other.</summary>
public sealed class CurtainsTransportStage : TransportStage
{
    public const string StageName = "transport between masses";

    public override string Name => StageName;

    public override StageReads Reads { get; } = StageReads.Searched.Option<TransportOptions>().Option<CurtainsOptions>();

    public override bool DescribesSource => true;

    protected override TransportFit Fit(
        IStageInputs inputs, TransportOptions options, double middle, RandomStream stream, int threads, CancellationToken cancellation)
    {
        var events = inputs.Events(InputRole.Searched);
        var sidebands = events.Select(inputs.Option<CurtainsOptions>().EventsOf(events, inputs.Window));
        return TransportTrainer.FromMassToMass(options, Sample(sidebands), middle, stream, threads, cancellation);
    }
}
