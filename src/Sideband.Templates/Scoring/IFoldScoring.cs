using Sideband.Events;
using Sideband.Learning.Boosting;
using Sideband.Numerics;

namespace Sideband.Templates.Scoring;

/// <summary>Trains the scorer of a fold on the other folds. Safe for several threads at once.</summary>
public interface IFoldScoring
{
    FoldTraining Train(FoldRequest request);
}

/// <summary>One fold's training.</summary>
/// <param name="Folds">Every event's fold.</param>
/// <param name="Fold">The fold that is left out, from 0.</param>
/// <param name="Stream">Random streams by name.</param>
/// <param name="Threads">At least 1; never changes the result.</param>
/// <param name="Cancellation">Looked at before each member.</param>
public sealed record FoldRequest(
    FoldAssignment Folds, int Fold, Func<string, RandomStream> Stream, int Threads, CancellationToken Cancellation)
{
    /// <summary>What trainings of other folds left.</summary>
    public BoostingMemory Memory { get; init; } = new();
}

/// <summary>What the training of a fold's scorer gave.</summary>
/// <param name="Scorer">Null if the training failed.</param>
/// <param name="Failures">Reasons of members, or of the whole, that could not be trained.</param>
/// <param name="BestIterations">Best iteration, or epoch, of each member.</param>
/// <param name="TrainingLoss">By iteration or epoch.</param>
/// <param name="ValidationLoss">Likewise.</param>
public sealed record FoldTraining(
    IScorer? Scorer, IReadOnlyList<string> Failures, int[] BestIterations, double[] TrainingLoss, double[] ValidationLoss)
{
    public static FoldTraining Failed(params IReadOnlyList<string> reasons) => new(null, reasons, [], [], []);
}
