using Sideband.Search.Plan;
using Sideband.Search.Units;
using Sideband.Templates.Stages;

namespace Sideband.Search.Store;

/// <summary>The inputs of finished units' places, for what is made of them afterwards.</summary>
internal static class FinishedInputs
{
    /// <param name="plan">The search.</param>
    /// <param name="store">Holds the products of the place's stages.</param>
    /// <param name="place">Of the search itself.</param>
    /// <param name="reads">All that may be read.</param>
    public static UnitInputs Of(SearchPlan plan, UnitStore store, UnitPlace place, StageReads reads) => new(
        plan.Context,
        place,
        new ReadLog("finished units", reads),
        stage => Product(plan, store, Find(plan, place, stage)),
        new PreparedCache(plan.Settings.Method, []));

    // Large products go once the search is collected: drawn again here, they have the same bits.
    private static IStageProduct Product(SearchPlan plan, UnitStore store, WorkUnit unit) => store.Has(unit) || !unit.Stage.IsIntermediate
        ? store.Read(unit)
        : unit.Stage.Run(
            UnitInputs.Of(plan.Context, unit, need => Product(plan, store, need), new PreparedCache(plan.Settings.Method, [])),
            plan.Settings.Threads,
            CancellationToken.None);

    // A sample that is drawn from another shares the stages that describe it.
    private static WorkUnit Find(SearchPlan plan, UnitPlace place, string stage) =>
        plan.UnitsOf(place.Sample, place.Window).Concat(plan.UnitsOf(place.Sample.Origin, place.Window))
            .First(unit => unit.Run == place.Run && unit.Stage.Name == stage);
}
