using Sideband.Inference.Counting;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Collect;

/// <summary>The finished redraws of an injection scan.</summary>
/// <param name="Finished">In their order: one of every strength, then the next of every strength.</param>
/// <param name="Missing">Number of those that are not finished.</param>
internal sealed record Redraws(IReadOnlyList<Redraw> Finished, int Missing)
{
    /// <summary>Redraws up to the first that is not finished, so that all strengths have as many, or one less.</summary>
    /// <param name="plan">The search.</param>
    /// <param name="store">Holds the redraws' units.</param>
    /// <param name="request">The scan.</param>
    public static Redraws Load(SearchPlan plan, UnitStore store, InjectionRequest request)
    {
        var experiments = new ExperimentPlan(plan, request.Planned(plan.Inputs), request.Windows);
        var count = request.Draws * request.Strengths.Count;
        var finished = new List<Redraw>();
        for (var i = 0; i < count; i++)
        {
            WorkUnit[] units = [.. experiments.UnitsOf(i).Where(unit => unit.Stage is CountStage)];
            if (!units.All(store.Has))
            {
                break;
            }

            finished.Add(new Redraw(
                i % request.Strengths.Count,
                ExperimentCounts.Load(plan, store, units),
                ExperimentCounts.LoadBackground(plan, store, units)));
        }

        return new Redraws(finished, count - finished.Count);
    }
}

/// <summary>One redraw.</summary>
/// <param name="Strength">Index of its strength.</param>
/// <param name="All">[window][working point][run], windows as the scan has them.</param>
/// <param name="Background">The same without labelled signal.</param>
internal sealed record Redraw(int Strength, IReadOnlyList<WindowCount[][]> All, IReadOnlyList<WindowCount[][]> Background);
