using Sideband.Events;
using Sideband.Templates.Learned;
using Sideband.Templates.Quality;
using Sideband.Templates.Stages;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Curtains;

/// <summary>
/// Half of the sidebands' events, each carried to the mass of another of them, against the other half: no event meets its own image.
/// </summary>
public sealed class CurtainsQualityStage() : ComparisonStage("curtains", CurtainsTransportStage.StageName)
{
    private const ulong CarriedSalt = 0xbb67ae8584caa73b;

    protected override StageReads Needs { get; } = StageReads.Searched.Option<CurtainsOptions>();

    protected override (EventTable Data, EventTable Template) Samples(IStageInputs inputs)
    {
        var all = inputs.Events(InputRole.Searched);
        var sidebands = all.Select(inputs.Option<CurtainsOptions>().EventsOf(all, inputs.Window));
        var carried = ComparedSample.Halves(sidebands, CarriedSalt);
        EventTable Half(bool which, string use) =>
            Some(inputs, sidebands.Select([.. Enumerable.Range(0, carried.Length).Where(i => carried[i] == which)]), use);

        var sources = Half(true, "carried");
        var mass = sources.Mass.ToArray();
        inputs.Stream(Name, "masses").Shuffle<double>(mass);
        var images = EventImages.Of(
            [.. Enumerable.Range(0, mass.Length)],
            mass,
            inputs.Product<TransportProduct>(CurtainsTransportStage.StageName).Load()
                .Map(DrawnEvents.Features(sources), mass, sources.Mass.ToArray()));
        return (Half(false, "data"), images.Carried(sources));
    }
}
