using Sideband.Search.Engines;
using Sideband.Search.Plan;
using Sideband.Search.Settings;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Runs;

/// <summary>What a search would find finished if it began now: in its store, and in a run that it takes units over from.</summary>
public static class FinishedBefore
{
    /// <summary>The units that would be left to do; nothing is made or changed.</summary>
    /// <param name="plan">All units.</param>
    /// <param name="directory">Where the search would be; it need not exist.</param>
    /// <param name="lender">See <see cref="Lender.Of"/>; null: none.</param>
    /// <param name="warn">Takes a line for each stored file that could not be believed.</param>
    public static IReadOnlyList<WorkUnit> Open(SearchPlan plan, RunDirectory directory, Lender? lender, Action<string>? warn = null)
    {
        var store = UnitStore.OpenToRead(StoreOf(plan.Settings, directory), warn);
        return OpenUnits.Of(plan.ToCollect, unit => store?.Has(unit) == true || lender?.Has(unit) == true);
    }

    /// <summary>The folder of a run's finished units.</summary>
    internal static string StoreOf(SearchSettings settings, RunDirectory directory) => settings.Store ?? directory.WorkFolder;
}
