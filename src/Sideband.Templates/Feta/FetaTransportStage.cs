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

        // The density of the simulation is learned at all masses: that of the window's is what is carried.
        var simulation = options.Kind == TransportKind.Spline
            ? Sample(inputs.Events(InputRole.Simulation))
            : Outside(InputRole.Simulation);
        return TransportTrainer.AtOneMass(
            options, simulation, Outside(InputRole.Searched), middle, stream, threads, cancellation);
    }
}
