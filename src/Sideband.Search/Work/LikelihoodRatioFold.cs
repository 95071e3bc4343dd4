using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Search.Plan;
using Sideband.Templates;
using Sideband.Templates.Anode;

namespace Sideband.Search.Work;

/// <summary>
/// Learns the density of the region on the other folds and scores this one by R = p_SR/p_SB. Outside of the region p_SR says
/// nothing, so the spectrum after the cut ends at its edges.
/// </summary>
internal static class LikelihoodRatioFold
{
    public static UnitResult Run(WorkUnit unit, SearchPlan plan, RunSample sample, FoldAssignment folds, int threads, CancellationToken cancellation)
    {
        var foldOf = folds.Of(sample.Data);
        int[] Rows(Func<byte, bool> wanted) => [.. Enumerable.Range(0, foldOf.Length).Where(row => wanted(foldOf[row]))];

        var training = sample.Data.Select(Rows(fold => fold != unit.Fold - 1));
        var stream = RandomStream.For(plan.Settings.Seed, [.. unit.StreamPath, "training"]);
        var fit = plan.Densities.Fit(plan.Density!, DrawnEvents.Features(training), training.Mass, stream, threads, cancellation);
        if (fit.Density is not { } density)
        {
            return new UnitResult { Failure = $"density of the region: {fit.Failure}" };
        }

        var rows = Rows(fold => fold == unit.Fold - 1);
        var data = sample.Data.Select(rows);
        var background = sample.LogBackground!.Value;
        var (dataScores, undefinedData) = Score(density, data, [.. rows.Select(row => background.Data[row])]);
        var (templateScores, undefinedTemplate) = Score(density, sample.Threshold!, background.Threshold);
        return new UnitResult
        {
            DataScores = dataScores,
            TemplateScores = templateScores,
            TestScores = sample.Test is { } test ? Score(density, test, background.Test).Scores : [],
            PassingSpectrum = unit.Sample == SampleRole.Data ? SpectrumCount.Passing(plan, data.Mass, dataScores, new ScoreDistribution(templateScores)) : [],
            BestIterations = [.. fit.PooledEpochs],
            TrainingLoss = [.. fit.TrainingLoss],
            ValidationLoss = [.. fit.ValidationLoss],
            UndefinedData = undefinedData,
            UndefinedTemplate = undefinedTemplate,
        };
    }

    private static (float[] Scores, int Undefined) Score(IConditionalDensity density, EventTable events, double[] logBackground)
    {
        var logSignal = new double[events.Count];
        density.LogDensity(DrawnEvents.Features(events), events.Mass, logSignal);
        var scores = new float[events.Count];
        var undefined = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = LikelihoodRatio.Score(logSignal[i], logBackground[i], out var isFinite);
            undefined += isFinite ? 0 : 1;
        }

        return (scores, undefined);
    }
}
