namespace Sideband.Search.Work;

/// <summary>A classifier of one fold, trained on the others. Safe for several threads at once.</summary>
internal interface IFoldClassifier
{
    /// <summary>Scores in [0, 1] of the listed rows, higher for class 1.</summary>
    /// <param name="columns">[feature][row].</param>
    /// <param name="rows">Row numbers.</param>
    float[] Score(float[][] columns, int[] rows);
}

/// <summary>What the training of a fold's classifier gave.</summary>
/// <param name="Classifier">Null if the training failed.</param>
/// <param name="Failures">Reasons of members, or of the whole, that could not be trained.</param>
/// <param name="BestIterations">Best iteration, or epoch, of each member.</param>
/// <param name="TrainingLoss">By iteration or epoch.</param>
/// <param name="ValidationLoss">Likewise.</param>
internal sealed record FoldTraining(
    IFoldClassifier? Classifier, IReadOnlyList<string> Failures, int[] BestIterations, double[] TrainingLoss, double[] ValidationLoss);
