using Sideband.Learning.Densities;
using Sideband.Templates.Learned;
using Sideband.Templates.Scoring;

namespace Sideband.Templates.Anode;

/// <summary>Learns the density of the region on the other folds.</summary>
/// <param name="engine">Trains it.</param>
/// <param name="options">How.</param>
/// <param name="region">The searched events.</param>
internal sealed class LikelihoodRatioScoring(IDensityEngine engine, DensityOptions options, ScoredView region) : IFoldScoring
{
    public FoldTraining Train(FoldRequest request)
    {
        var foldOf = request.Folds.Of(region.Events);
        var training = region.Events.Select([.. Enumerable.Range(0, foldOf.Length).Where(row => foldOf[row] != request.Fold)]);
        var fit = engine.Fit(
            options, DrawnEvents.Features(training), training.Mass, request.Stream("training"), request.Threads, request.Cancellation);
        return fit.Density is { } density
            ? new FoldTraining(
                new LikelihoodRatioScorer(density), [], [.. fit.PooledEpochs], [.. fit.TrainingLoss], [.. fit.ValidationLoss])
            : FoldTraining.Failed($"density of the region: {FeatureNames.In(fit.Failure!, region.Events)}");
    }
}
