using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates.Learned;
using Sideband.Templates.Quality;
using Sideband.Templates.Stages;

namespace Sideband.Search.Collect;

/// <summary>
/// The units that results need and that are not done, and what results without them say: a run without one of its folds is undefined with
/// a reason, a window without one of its units has no summary and no scores, and a warning says what is missing.
/// </summary>
public sealed class UnfinishedUnits
{
    /// <summary>The reason of what is undefined because a unit is not done.</summary>
    public const string Reason = "not done";

    private readonly HashSet<(ChainSample, MassInterval)> _windows;

    private UnfinishedUnits(IReadOnlyList<WorkUnit> units, int needed)
    {
        (Units, Needed) = (units, needed);
        _windows = [.. units.Select(unit => (unit.Sample, unit.Window.SignalRegion))];
    }

    /// <summary>In plan order.</summary>
    public IReadOnlyList<WorkUnit> Units { get; }

    /// <summary>The number of units that results need, done or not.</summary>
    public int Needed { get; }

    /// <summary>What is missing in words; null where nothing is.</summary>
    public string? Warning => Units.Count == 0 ? null : FormattableString.Invariant(
            $"partial results: {Units.Count} of {Needed} units are not done ({UnitRanges.Words(Units)}); ")
        + "what needs them is undefined, and delta_sys is an average over the windows that are done";

    /// <param name="plan">The search.</param>
    /// <param name="store">Holds what is finished.</param>
    public static UnfinishedUnits Of(SearchPlan plan, UnitStore store)
    {
        WorkUnit[] needed = [.. plan.ToCollect.Where(unit => !unit.Stage.IsIntermediate)];
        return new UnfinishedUnits([.. needed.Where(unit => !store.Has(unit))], needed.Length);
    }

    /// <summary>True where no unit of the window is missing.</summary>
    public bool IsWhole(ChainSample sample, MassWindow window) => !_windows.Contains((sample, window.SignalRegion));

    /// <summary>The failures that results name, beside those of the folds, which have failures that stand in for them.</summary>
    public IEnumerable<FailureResult> Failures =>
        Units.Where(unit => unit.Stage is not FoldStage).Select(unit => new FailureResult(unit.Name, Reason));

    /// <summary>True where a unit of a searched window was not done when these failures were written: it has no summary.</summary>
    public static bool LeaveOpen(int window, IEnumerable<FailureResult> failures)
    {
        var place = FormattableString.Invariant($"{Experiment.Search.Name}/{ChainSample.Data.Name}/window {window}/");
        return failures.Any(failure => failure.Reason == Reason && failure.WorkUnit.StartsWith(place, StringComparison.Ordinal));
    }

    /// <summary>True where some unit was not done when these failures were written.</summary>
    public static bool Leave(IEnumerable<FailureResult> failures) => failures.Any(failure => failure.Reason == Reason);

    /// <summary>Lets failures stand for the units, in this process alone.</summary>
    internal void StandIn(UnitStore store)
    {
        foreach (var unit in Units)
        {
            IStageProduct? failure = unit.Stage switch
            {
                FoldStage => new FoldProduct { Failure = Reason },
                DensityStage => new DensityProduct { Failure = Reason },
                QualityStage => new QualityProduct { Failure = Reason },
                ComparisonStage => new ComparisonProduct { Failure = Reason },
                _ => null,
            };
            if (failure is not null)
            {
                store.StandIn(unit, failure);
            }
        }
    }
}
