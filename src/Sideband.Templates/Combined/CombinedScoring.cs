using Sideband.Templates.Scoring;

namespace Sideband.Templates.Combined;

/// <summary>Trains the scorer of every source and brings their scores to one scale.</summary>
/// <param name="sources">Name and scoring of each.</param>
/// <param name="threshold">The equal mixture of the sources' threshold events.</param>
internal sealed class CombinedScoring(IReadOnlyList<(string Name, IFoldScoring Scoring)> sources, ScoredView threshold) : IFoldScoring
{
    public FoldTraining Train(FoldRequest request)
    {
        var trained = sources.Select(source => (source.Name, Training: source.Scoring.Train(
            request with { Stream = name => request.Stream($"{source.Name}/{name}") }))).ToArray();
        string[] failures = [.. trained.SelectMany(source => source.Training.Failures.Select(reason => $"{source.Name}: {reason}"))];
        if (trained.Any(source => source.Training.Scorer is null))
        {
            return FoldTraining.Failed(failures);
        }

        // Of the fold's own threshold events, which no scorer was trained on: nothing of the data enters the scales.
        var folds = request.Folds.Of(threshold.Events);
        int[] rows = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] == request.Fold)];
        var parts = trained.Select((source, s) => ScaledScorer.Of(
            source.Training.Scorer!, threshold.Parts[s].Value, rows, threshold.Events.Weights));
        return new FoldTraining(
            new CombinedScorer([.. parts]),
            failures,
            [.. trained.SelectMany(source => source.Training.BestIterations)],
            LossCurves.Mean(trained, source => source.Training.TrainingLoss),
            LossCurves.Mean(trained, source => source.Training.ValidationLoss));
    }
}
