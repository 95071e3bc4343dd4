using Sideband.Events;
using Sideband.Templates.Quality;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Salad;

/// <summary>Weighted simulation against data beside the window.</summary>
public sealed class SaladQualityStage() : ComparisonStage("salad", ReweightingStage.StageName)
{
    protected override StageReads Needs { get; } = StageReads.Searched.And(InputRole.Simulation).Option<SaladOptions>();

    protected override (EventTable Data, EventTable Template) Samples(IStageInputs inputs)
    {
        EventTable Outside(InputRole role)
        {
            var events = inputs.Events(role);
            return Some(inputs, events.Select(events.IndicesOutside(inputs.Window.Gap)), role.Name);
        }

        var simulation = Outside(InputRole.Simulation);
        var weights = inputs.Product<ReweightingProduct>(ReweightingStage.StageName).Load().Of(simulation);
        return (Outside(InputRole.Searched), EventWeights.Times(simulation, inputs.Option<SaladOptions>().Capped(weights)));
    }
}
