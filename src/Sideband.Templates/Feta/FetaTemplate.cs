using Sideband.Events;
using Sideband.Learning.Transport;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Feta;

/// <summary>
/// FETA (arXiv:2212.11285): simulation in the signal region, carried by a transport that was learned from simulation and data in the
/// sidebands, by flow matching between events or by splines under a density of the simulation. Simulation need not be where data are, as
/// it must for weights.
/// </summary>
public sealed class FetaTemplate : ITemplateMethod
{
    public string Name => "feta";

    // Neither pairs of events nor the densities know weights.
    public MethodTraits Traits { get; } = SimulationAssisted.Traits with { TakesWeights = false };

    public IReadOnlyList<MethodOption> Options { get; } = [TransportRecipes.Option];

    public IReadOnlyList<IStage> Stages { get; } = [new FetaTransportStage(), new FetaQualityStage(), new FetaImageStage()];

    public StageReads PreparationReads { get; } =
        StageReads.Searched.And(InputRole.Simulation).Option<ClassifierOptions>().Stage(FetaImageStage.StageName);

    public IReadOnlyList<object> Configure(OptionValues values) =>
        [TransportRecipes.Of(TransportRecipes.Asked(values) ?? TransportKind.FlowMatching, values.Profile)];

    public void Require(IMethodInputs inputs)
    {
        SimulationAssisted.Require(Name, inputs);
        if (inputs.HasWeights(InputRole.Simulation))
        {
            throw new ConfigurationException(
                $"weight: method '{Name}' carries simulated events to data, and the transport knows no weights; "
                + "leave --weight out, or use method salad");
        }
    }

    public TemplateSize Size(IEventCounts counts, MassWindow window, IOptionSource options) => SimulationAssisted.Size(counts, window);

    public PreparedSample Prepare(IStageInputs inputs)
    {
        var images = inputs.Product<ImageProduct>(FetaImageStage.StageName);
        if (images.Failure is { } reason)
        {
            return PreparedSamples.Failed(reason, inputs.Region());
        }

        var (region, limits) = (inputs.Region(), inputs.Window.SignalRegion);
        var simulation = inputs.Events(InputRole.Simulation);
        EventTable? Carried(EventImages events)
        {
            var template = events.Carried(simulation);
            return MassTilt.Of(template.Mass, template.Weights, region.Mass, limits.Low, limits.High) is { } weights
                ? EventWeights.Times(template, weights)
                : null;
        }

        var (training, threshold) = (Carried(images.Training), images.Threshold is { } other ? Carried(other) : null);
        return training is null || (threshold is null && images.Threshold is not null)
            ? PreparedSamples.Failed(
                $"no weights give the {images.Training.Sources.Length} carried events the mean mass, and mean square, of the window's "
                + $"{region.Count} events",
                region)
            : PreparedSamples.Weighted(inputs, training, "carried events", threshold) with { LeftOut = images.WithoutImage };
    }
}
