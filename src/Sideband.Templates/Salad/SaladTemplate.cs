using Sideband.Events;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Salad;

/// <summary>
/// SALAD (arXiv:2001.05001): simulation in the signal region, weighted by what tells data from simulation in the sidebands. Right for
/// features that depend on the mass as far as the difference of data and simulation is learned between the sidebands, and as far as
/// simulation is where data are.
/// </summary>
public sealed class SaladTemplate : ITemplateMethod
{
    public string Name => "salad";

    public MethodTraits Traits => SimulationAssisted.Traits;

    public IReadOnlyList<MethodOption> Options { get; } = [SaladOptions.WeightCapOption];

    public IReadOnlyList<IStage> Stages { get; } = [new ReweightingStage(), new SaladQualityStage()];

    public StageReads PreparationReads { get; } = StageReads.Searched.And(InputRole.Simulation)
        .Option<SaladOptions>().Option<ClassifierOptions>().Stage(ReweightingStage.StageName);

    public IReadOnlyList<object> Configure(OptionValues values) => [ReweightingOptions.Of(values), SaladOptions.Of(values)];

    public void Require(IMethodInputs inputs) => SimulationAssisted.Require(Name, inputs);

    public TemplateSize Size(IEventCounts counts, MassWindow window, IOptionSource options) => SimulationAssisted.Size(counts, window);

    public PreparedSample Prepare(IStageInputs inputs)
    {
        var product = inputs.Product<ReweightingProduct>(ReweightingStage.StageName);
        if (product.Failure is { } reason)
        {
            return PreparedSamples.Failed(reason, inputs.Region());
        }

        var simulation = inputs.Events(InputRole.Simulation);
        var template = simulation.In(inputs.Window.SignalRegion);
        var weights = inputs.Option<SaladOptions>().Capped(product.Load().Of(template));
        return PreparedSamples.Weighted(inputs, EventWeights.Times(template, weights), "simulated events");
    }
}
