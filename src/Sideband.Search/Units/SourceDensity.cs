using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Search.Experiments;
using Sideband.Search.Systematics;
using Sideband.Templates;
using Sideband.Templates.Learned;
using Sideband.Templates.Stages;

namespace Sideband.Search.Units;

/// <summary>
/// The units that learn the density which experiments are drawn from, and look how good it is where it was learned: those of the search
/// where its method learns one in the same window.
/// </summary>
internal static class SourceDensity
{
    /// <summary>Both units, each behind what it needs; they stand in no plan.</summary>
    /// <param name="context">The search.</param>
    /// <param name="keys">Names units.</param>
    /// <param name="without">Masses that the density is learned without.</param>
    public static IReadOnlyList<WorkUnit> Units(SearchContext context, UnitKeys keys, MassInterval without)
    {
        var place = new UnitPlace(Experiment.Search, ChainSample.Data, new MassWindow(0, without), Run: 1);
        var events = context.Inputs.Data.Count;
        var size = new TemplateSize(0) { Learned = events - context.Inputs.Data.CountIn(without) };
        WorkUnit Unit(IStage stage, params WorkUnit[] needs) =>
            new(0, stage, place, keys.Of(stage, place, needs), stage.Cost(size, events, context.Options), needs)
            {
                Context = context,
                Memory = UnitMemory.Of(stage, place.Experiment, size, events, context),
            };

        var density = Unit(new DensityStage());
        return [density, Unit(new QualityStage(), density)];
    }

    /// <summary>The density, from the last units that a unit of an experiment needs.</summary>
    /// <exception cref="ConfigurationException">None could be learned or compared with the data, or they contradict it.</exception>
    public static IConditionalDensity Read(SearchContext context, WorkUnit unit, Func<WorkUnit, IStageProduct> read)
    {
        var product = (DensityProduct)read(unit.Needs.Last(need => need.Stage is DensityStage));
        var quality = (ITemplateJudgement)read(unit.Needs.Last(need => need.Stage is QualityStage));
        var contradiction = quality.Contradiction is { } words ? $"the density is wrong where it was learned: {words}" : null;
        return (product.Failure ?? contradiction ?? quality.NotJudged) is { } reason
            ? throw new ConfigurationException($"--from density: {reason}; give experiments from mc or simulator")
            : product.Load(context.Options.Option<IDensityEngine>());
    }
}
