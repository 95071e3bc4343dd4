using Sideband.Events;
using Sideband.Inference;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Store;

namespace Sideband.Search.Collect;

/// <summary>Where nothing is claimed, whatever the numbers: every significance that a claim is made of is undefined there.</summary>
internal static class WindowClaims
{
    /// <returns>See <see cref="WindowResult.NoClaim"/>.</returns>
    public static string? Against(SearchPlan plan, UnitStore store, MassWindow window)
    {
        var (state, reason) = StateCollector.Of(plan, store, window);
        return WindowResult.Against(plan.Checks.Withheld(window.Number), state, reason);
    }

    /// <summary>The same of all searched windows, in their order.</summary>
    public static IReadOnlyList<string?> Against(SearchPlan plan, UnitStore store) =>
        [.. plan.Windows.Searched.Select(window => Against(plan, store, window))];

    /// <summary>Why a number that a claim would be made of is not there.</summary>
    public static string Words(string reason) => "no claim: " + reason;

    /// <summary>Why the largest S is not known.</summary>
    public const string NoneLeft = "no window in which a claim may be made has a significance";

    /// <summary>In place of such a number.</summary>
    public static Measured Nothing(string reason) => Measured.Undefined(Words(reason));
}
