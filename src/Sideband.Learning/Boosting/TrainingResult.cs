namespace Sideband.Learning.Boosting;

/// <summary>
/// What a training gave. A failure has a <see cref="Failure"/> and no trees; a success gives the log-odds of a row as
/// <see cref="Baseline"/> plus the value of its leaf in each tree.
/// </summary>
public sealed record TrainingResult
{
    /// <summary>Why the training failed, in one line; null for a success.</summary>
    public string? Failure { get; init; }

    public bool Succeeded => Failure is null;

    /// <summary>Whether no tree that was kept splits: all events have one score.</summary>
    public bool LearnedNothing => Succeeded && Trees.All(tree => tree.Nodes.IsEmpty);

    /// <summary>Log-odds of the weighted training rows.</summary>
    public double Baseline { get; init; }

    /// <summary>The trees that were kept.</summary>
    public IReadOnlyList<Tree> Trees { get; init; } = [];

    /// <summary>Trees grown.</summary>
    public int IterationsRun { get; init; }

    /// <summary>The number of trees with the lowest validation loss, from 0.</summary>
    public int BestIteration { get; init; }

    /// <summary>Weighted mean log-loss on the training rows before the first and after each tree: IterationsRun + 1 numbers.</summary>
    public IReadOnlyList<double> TrainingLoss { get; init; } = [];

    /// <summary>The same on the validation rows.</summary>
    public IReadOnlyList<double> ValidationLoss { get; init; } = [];

    internal static TrainingResult Failed(string reason) => new() { Failure = reason };
}
