using Sideband.Search.Plan;
using Sideband.Search.Settings;
using Sideband.Search.Store;

namespace Sideband.Search.Compare;

/// <summary>One finished search among those that are compared.</summary>
/// <param name="Name">Of its run directory.</param>
/// <param name="Plan">The search.</param>
/// <param name="Store">Holds its finished units.</param>
public sealed record ComparedRun(string Name, SearchPlan Plan, UnitStore Store)
{
    /// <summary>The searched windows.</summary>
    internal IReadOnlyList<Events.MassWindow> Windows => Plan.Windows.Searched;

    internal SearchSettings Settings => Plan.Settings;
}
