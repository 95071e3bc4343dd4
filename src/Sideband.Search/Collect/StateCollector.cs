using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates.Stages;

namespace Sideband.Search.Collect;

/// <summary>What was found out about a window's templates before its folds were trained.</summary>
internal static class StateCollector
{
    /// <returns>See <see cref="WindowResult.State"/> and <see cref="WindowResult.Reason"/>.</returns>
    public static (string State, string? Reason) Of(SearchPlan plan, UnitStore store, MassWindow window)
    {
        WorkUnit[] judges = [.. plan.UnitsOf(ChainSample.Data, window).Where(unit => unit.Stage.JudgesTemplate)];
        if (judges.Length == 0)
        {
            return (WindowState.NotJudged, plan.Settings.Method.Stages.Any(stage => stage.JudgesTemplate)
                ? "blind: the data's template is not made"
                : $"method '{plan.Settings.Method.Name}' learns no template that its sidebands could contradict");
        }

        if (!judges.All(store.Has))
        {
            return (WindowState.NotJudged, UnfinishedUnits.Reason);
        }

        string[] against =
        [
            .. judges.Select(unit => (unit.Run, ((ITemplateJudgement)store.Read(unit)).Contradiction))
                .Where(found => found.Contradiction is not null)
                .Select(found => FormattableString.Invariant($"run {found.Run}: {found.Contradiction}")),
        ];
        return against.Length == 0 ? (WindowState.Ok, null) : (WindowState.TemplateFails, string.Join("; ", against));
    }
}
