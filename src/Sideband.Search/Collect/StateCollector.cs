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

        return Of([.. judges.Select(unit => (unit.Run, (ITemplateJudgement)store.Read(unit)))]);
    }

    /// <summary>What the judgements of a window's runs say together: one contradiction is enough, and "ok" takes all of them.</summary>
    public static (string State, string? Reason) Of(IReadOnlyList<(int Run, ITemplateJudgement Judgement)> judged)
    {
        string? Said(Func<ITemplateJudgement, string?> words)
        {
            string[] all =
            [
                .. judged.Select(entry => (entry.Run, Words: words(entry.Judgement)))
                    .Where(entry => entry.Words is not null)
                    .Select(entry => FormattableString.Invariant($"run {entry.Run}: {entry.Words}")),
            ];
            return all.Length == 0 ? null : string.Join("; ", all);
        }

        return Said(judgement => judgement.Contradiction) is { } against ? (WindowState.TemplateFails, against)
            : Said(judgement => judgement.NotJudged) is { } missing ? (WindowState.NotJudged, missing)
            : (WindowState.Ok, null);
    }
}
