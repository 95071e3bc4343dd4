using Sideband.Events;
using Sideband.Learning.Boosting;
using Sideband.Learning.Classifiers;
using Sideband.Numerics;

namespace Sideband.Templates.Scoring;

/// <summary>Trains the search's classifier, trees or networks, to tell the region's data from the template.</summary>
public sealed class ClassifierScoring : IFoldScoring
{
    private readonly Lazy<TrainingMatrix> _matrix;
    private readonly ClassifierOptions _options;
    private readonly EventTable _events;

    /// <param name="region">The searched events.</param>
    /// <param name="template">The background.</param>
    /// <param name="options">The classifier.</param>
    public ClassifierScoring(ScoredView region, BackgroundTemplate template, ClassifierOptions options)
        : this(region, template, options, null)
    {
    }

    /// <param name="region">The searched events.</param>
    /// <param name="template">The background.</param>
    /// <param name="options">The classifier.</param>
    /// <param name="weights">Of the region's events and then of the template's, as these have them; null: they are put together.</param>
    internal ClassifierScoring(ScoredView region, BackgroundTemplate template, ClassifierOptions options, double[]? weights)
    {
        _matrix = new Lazy<TrainingMatrix>(() => new TrainingMatrix(region, template, weights));
        (_options, _events) = (options, region.Events);
    }

    public FoldTraining Train(FoldRequest request)
    {
        var rows = FoldRows.Of(_matrix.Value, request.Folds, request.Fold);
        return _options.Kind == ClassifierKind.Network ? TrainNetworks(rows, request) : TrainTrees(rows, request);
    }

    private RandomStream Stream(FoldRequest request, string name) =>
        request.Stream(_options.Seed is { } seed ? FormattableString.Invariant($"classifier seed {seed}, {name}") : name);

    private FoldTraining TrainTrees(FoldRows rows, FoldRequest request)
    {
        var matrix = _matrix.Value;
        var ensemble = EnsembleTrainer.Fit(
            matrix.Sorted,
            rows.Training,
            rows.Labels,
            matrix.Weights,
            _options.Members,
            _options.Boosting!,
            member => Stream(request, FormattableString.Invariant($"member {member + 1}")),
            request.Threads,
            request.Cancellation,
            request.Memory);
        return ensemble.Succeeded
            ? new FoldTraining(
                new ClassifierScorer(ensemble),
                ensemble.Failures,
                [.. ensemble.Members.Select(member => member.Training.BestIteration)],
                LossCurves.Mean(ensemble.Members, member => member.Training.TrainingLoss),
                LossCurves.Mean(ensemble.Members, member => member.Training.ValidationLoss))
            : FoldTraining.Failed(ensemble.Failures);
    }

    private FoldTraining TrainNetworks(FoldRows rows, FoldRequest request)
    {
        var matrix = _matrix.Value;
        NetworkClassifierFit[] fits = [.. Enumerable.Range(1, _options.Members).Select(member => NetworkClassifier.Fit(
            matrix.Columns,
            rows.Training,
            rows.Labels,
            matrix.Weights,
            _options.Network!,
            Stream(request, FormattableString.Invariant($"network {member}")),
            request.Threads,
            request.Cancellation))];
        NetworkClassifierFit[] good = [.. fits.Where(fit => fit.Succeeded)];
        string[] failures = [.. fits.Where(fit => !fit.Succeeded).Select(fit => FeatureNames.In(fit.Failure!, _events))];
        return good.Length == 0
            ? FoldTraining.Failed(failures)
            : new FoldTraining(
                new ClassifierScorer([.. good.Select(fit => fit.Classifier!)]),
                failures,
                [.. good.Select(fit => fit.PooledEpochs[0])],
                LossCurves.Mean(good, fit => fit.TrainingLoss),
                LossCurves.Mean(good, fit => fit.ValidationLoss));
    }
}
