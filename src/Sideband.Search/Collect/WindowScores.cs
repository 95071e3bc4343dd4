using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;

namespace Sideband.Search.Collect;

/// <summary>The finished folds of one window of one sample, by run.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Window">The window.</param>
/// <param name="Data">The events that are searched in the region (of the first run, in the sideband test).</param>
/// <param name="Runs">One a run.</param>
public sealed record WindowScores(ChainSample Sample, MassWindow Window, EventTable Data, IReadOnlyList<RunScores> Runs)
{
    /// <summary>Every fold of every run.</summary>
    public IEnumerable<FoldScores> Folds => Runs.SelectMany(run => run.Folds);

    /// <summary>Reads a window's units.</summary>
    /// <exception cref="InputDataException">A unit's file is damaged; the unit is done again by the same command.</exception>
    public static WindowScores Load(SearchPlan plan, UnitStore store, ChainSample sample, MassWindow window)
    {
        RunScores[] runs =
        [
            .. plan.UnitsOf(sample, window).Where(unit => unit.Stage is FoldStage).GroupBy(unit => unit.Run)
                .Select(run => RunScores.Load(plan, store, [.. run])),
        ];
        return new WindowScores(sample, window, runs[0].Region, runs);
    }
}

/// <summary>The folds of one run.</summary>
/// <param name="Run">From 1.</param>
/// <param name="Region">The searched events.</param>
/// <param name="Scored">The scored events: those of every mass, or of the region.</param>
/// <param name="Folds">One a fold.</param>
public sealed record RunScores(int Run, EventTable Region, EventTable Scored, IReadOnlyList<FoldScores> Folds)
{
    /// <summary>True where no fold failed.</summary>
    public bool HasEveryClassifier => Folds.All(fold => fold.Product.Failure is null);

    internal static RunScores Load(SearchPlan plan, UnitStore store, IReadOnlyList<WorkUnit> units)
    {
        var inputs = FinishedInputs.Of(plan, store, units[0].Place, units[0].Stage.Reads);
        var region = inputs.Region();
        var scored = plan.Settings.Method.Traits.ScoresAtEveryMass ? inputs.Scored() : region;
        return new RunScores(
            inputs.Place.Run,
            region,
            scored,
            [.. units.Select(unit => FoldScores.Of(unit, (FoldProduct)store.Read(unit), scored, region, inputs.FoldsOfRun()))]);
    }
}

/// <summary>One fold's result and the events that its scores belong to.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Product">Its product.</param>
/// <param name="Indices">Index, into the scored events, of each score of the product.</param>
/// <param name="InRegion">Those of the region.</param>
public sealed record FoldScores(WorkUnit Unit, FoldProduct Product, int[] Indices, RegionScores InRegion)
{
    /// <summary>From 1.</summary>
    public int Fold => ((FoldStage)Unit.Stage).Fold;

    internal static FoldScores Of(WorkUnit unit, FoldProduct product, EventTable scored, EventTable region, FoldAssignment folds)
    {
        var indices = FoldEvents.Of(folds, scored, ((FoldStage)unit.Stage).Fold);
        return new FoldScores(unit, product, indices, RegionScores.Of(product, scored, region, unit.Window, indices));
    }
}
