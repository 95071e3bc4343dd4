using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Plan;
using Sideband.Search.Settings;

namespace Sideband.Search.Work;

/// <summary>Trains a fold's classifier on the other folds and scores this one.</summary>
internal static class FoldUnit
{
    /// <param name="unit">The unit.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="sample">The unit's window, prepared.</param>
    /// <param name="threads">Threads for this unit's members; does not change the result.</param>
    /// <param name="cancellation">Stops between members.</param>
    public static UnitResult Run(WorkUnit unit, SearchPlan plan, WindowSample sample, int threads, CancellationToken cancellation)
    {
        if (sample.Sample.Failure is { } reason)
        {
            return new UnitResult { Failure = reason };
        }

        var folds = new FoldAssignment(plan.Settings.Seed, unit.Run, plan.Settings.Folds);
        if (sample.Sample.LogBackground is not null)
        {
            return LikelihoodRatioFold.Run(unit, plan, sample.Sample, folds, threads, cancellation);
        }

        var split = FoldRows.Of(sample, folds, unit.Fold - 1);
        var training = plan.Settings.Classifier == ClassifierKind.Network
            ? NetworkFoldClassifier.Train(unit, plan, sample, split, threads, cancellation)
            : TreeClassifier.Train(unit, plan, sample, split, threads, cancellation);
        if (training.Classifier is not { } classifier)
        {
            return new UnitResult { Failure = training.Failures[0] };
        }

        var (dataScores, undefined) = Score(classifier, sample.Sample.IsMapped, sample.Columns, split.TestData);
        var templateScores = sample.Sample.Threshold is { } threshold
            ? Score(classifier, false, threshold)
            : Score(classifier, false, sample.Columns, split.TestTemplate).Scores;
        return new UnitResult
        {
            DataScores = dataScores,
            TemplateScores = templateScores,
            TestScores = sample.Sample.Test is { } test ? Score(classifier, sample.Sample.IsMapped, test) : [],
            PassingSpectrum = sample.Sample.Everything is { } everything ? PassingSpectrum(unit, plan, sample.Sample, classifier, everything, folds, templateScores) : [],
            BestIterations = training.BestIterations,
            TrainingLoss = training.TrainingLoss,
            ValidationLoss = training.ValidationLoss,
            FailedMembers = training.Failures,
            UndefinedData = undefined,
        };
    }

    // Every event of the fold, at any mass, is scored by its own fold's classifier and cut at that fold's R_c, or the spectrum
    // after the cut would have a step at the edges of the signal region.
    private static int[] PassingSpectrum(
        WorkUnit unit, SearchPlan plan, RunSample sample, IFoldClassifier classifier, EventTable everything, FoldAssignment folds, float[] templateScores)
    {
        var foldOf = folds.Of(everything);
        var events = everything.Select([.. Enumerable.Range(0, everything.Count).Where(i => foldOf[i] == unit.Fold - 1)]);
        return SpectrumCount.Passing(
            plan, events.Mass, Score(classifier, sample.IsMapped, events), new ScoreDistribution(templateScores, FoldRows.ThresholdWeights(sample, folds, unit.Fold - 1)));
    }

    private static float[] Score(IFoldClassifier classifier, bool isMapped, EventTable events) =>
        Score(classifier, isMapped, WindowSample.ColumnsOf(events), [.. Enumerable.Range(0, events.Count)]).Scores;

    // An event without latent image never passes.
    private static (float[] Scores, int Undefined) Score(IFoldClassifier classifier, bool isMapped, float[][] columns, int[] rows)
    {
        var scores = classifier.Score(columns, rows);
        var undefined = 0;
        for (var i = 0; isMapped && i < rows.Length; i++)
        {
            if (float.IsNaN(columns[0][rows[i]]))
            {
                (scores[i], undefined) = (0, undefined + 1);
            }
        }

        return (scores, undefined);
    }
}
