using Sideband.Events;
using Sideband.Inference.Metrics;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;

namespace Sideband.Search.Collect;

/// <summary>Labelled events in a window that no classifier was trained on.</summary>
/// <param name="Labels">0 background, 1 signal.</param>
/// <param name="Scores">Mean over all runs and folds that have a scorer; empty where none has.</param>
internal sealed record TestScores(byte[] Labels, float[] Scores)
{
    /// <summary>The ROC curve; null where a class is missing, or there is no classifier.</summary>
    public RocCurve? Curve() => Scores.Length > 0 ? RocSummary.Of(Scores, Labels) : null;

    /// <summary>Those of a window without their scores; null where the search has no test events.</summary>
    public static TestScores? Unscored(SearchPlan plan, MassWindow window) =>
        plan.Inputs.Test is { } test ? new TestScores(test.In(window.SignalRegion).Labels.ToArray(), []) : null;

    /// <summary>Null where the search has no test events.</summary>
    public static TestScores? Load(SearchPlan plan, UnitStore store, MassWindow window)
    {
        if (Unscored(plan, window)?.Labels is not { } labels)
        {
            return null;
        }

        float[][] folds =
        [
            .. plan.UnitsOf(ChainSample.Data, window).Where(unit => unit.Stage is TestStage)
                .SelectMany(unit => ((TestProduct)store.Read(unit)).Scores),
        ];
        var sum = new double[folds.Length == 0 ? 0 : labels.Length];
        foreach (var fold in folds)
        {
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += fold[i];
            }
        }

        return new TestScores(labels, [.. sum.Select(value => (float)(value / folds.Length))]);
    }
}
