using Sideband.Learning.Transport;
using Sideband.Numerics;
using Sideband.Templates.Stages;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Feta;

/// <summary>Learns to carry simulation to data outside of a window.</summary>
public sealed class FetaTransportStage : TransportStage
{
    public const string StageName = "transport of simulation";

    public override string Name => StageName;

    public override StageReads Reads { get; } = StageReads.Searched.And(InputRole.Simulation).Option<TransportOptions>();

    protected override TransportFit Fit(
        IStageInputs inputs, TransportOptions options, double middle, RandomStream stream, int threads, CancellationToken cancellation)
    {
        TransportSample Outside(InputRole role)
        {
            var events = inputs.Events(role);
            return Sample(events.Select(events.IndicesOutside(inputs.Window.Gap)));
        }

        return TransportTrainer.AtOneMass(
            options, Outside(InputRole.Simulation), Outside(InputRole.Searched), middle, stream, threads, cancellation);
    }
}
