using Sideband.Events;
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

    public override StageReads Reads { get; } = StageReads.Searched.Option<CurtainsOptions>();

    public override bool DescribesSource => true;

    // One transport of all events has no excess that could be seen: shift 0.03 +- 0.10 in random tables.
    protected override bool LearnsHalves => false;

    protected override TransportOptions OptionsOf(IOptionSource options, double events) =>
        options.Option<CurtainsOptions>().TransportOf(events);

    protected override IReadOnlyList<EventTable> Samples(IStageInputs inputs)
    {
        var events = inputs.Events(InputRole.Searched);
        return [events.Select(inputs.Option<CurtainsOptions>().EventsOf(events, inputs.Window))];
    }

    protected override TransportFit Fit(
        IReadOnlyList<TransportSample> samples,
        TransportOptions options,
        double middle,
        RandomStream stream,
        int threads,
        CancellationToken cancellation) =>
        TransportTrainer.FromMassToMass(options, samples[0], middle, stream, threads, cancellation);
}
