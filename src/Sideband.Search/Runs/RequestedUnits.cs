using Sideband.Search.Plan;
using Sideband.Search.Units;

namespace Sideband.Search.Runs;

/// <summary>Units that one command asked for.</summary>
/// <param name="Name">"search", or the kind of the experiments.</param>
/// <param name="Plan">The plan that they belong to.</param>
/// <param name="Units">In plan order, without those that only they need.</param>
public sealed record RequestedUnits(string Name, SearchPlan Plan, IReadOnlyList<WorkUnit> Units)
{
    /// <summary>The name of the search itself.</summary>
    public const string Search = "search";

    /// <summary>The name of the redraws with injected signal.</summary>
    public const string InjectionScan = "injection scan";

    /// <summary>The units and all that they need, however deep, each behind those that it needs.</summary>
    public IReadOnlyList<WorkUnit> WithNeeds()
    {
        var (known, all) = (new HashSet<string>(), new List<WorkUnit>());
        void Add(WorkUnit unit)
        {
            if (known.Add(unit.Key))
            {
                foreach (var need in unit.Needs)
                {
                    Add(need);
                }

                all.Add(unit);
            }
        }

        foreach (var unit in Units)
        {
            Add(unit);
        }

        return all;
    }
}
