using Sideband.Events;
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

    protected override bool LearnsHalves => true;

    protected override TransportOptions OptionsOf(IOptionSource options, double events) => options.Option<TransportOptions>();

    protected override IReadOnlyList<EventTable> Samples(IStageInputs inputs)
    {
        EventTable Outside(InputRole role)
        {
            var events = inputs.Events(role);
            return events.Select(events.IndicesOutside(inputs.Window.Gap));
        }

        // The density of the simulation is learned at all masses: that of the window's is what is carried.
        var simulation = inputs.Option<TransportOptions>().Kind == TransportKind.Spline
            ? inputs.Events(InputRole.Simulation)
            : Outside(InputRole.Simulation);
        return [simulation, Outside(InputRole.Searched)];
    }

    protected override TransportFit Fit(
        IReadOnlyList<TransportSample> samples,
        TransportOptions options,
        double middle,
        RandomStream stream,
        int threads,
        CancellationToken cancellation) =>
        TransportTrainer.AtOneMass(options, samples[0], samples[1], middle, stream, threads, cancellation);
}
