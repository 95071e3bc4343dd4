namespace Sideband.Search.Work;

/// <summary>What one unit found. Scores are in the order of the events of the fold in their tables.</summary>
public sealed record UnitResult
{
    /// <summary>Why there are no scores; null where there are.</summary>
    public string? Failure { get; init; }

    /// <summary>Scores of the fold's signal-region data.</summary>
    public float[] DataScores { get; init; } = [];

    /// <summary>Scores of the fold's template events.</summary>
    public float[] TemplateScores { get; init; } = [];

    /// <summary>Scores of all test events in the window.</summary>
    public float[] TestScores { get; init; } = [];

    /// <summary>[working point x <see cref="SpectrumBins.Count"/>] events of the fold, at any mass, that pass the fold's threshold.</summary>
    public int[] PassingSpectrum { get; init; } = [];

    /// <summary>Best iteration of each member that was trained.</summary>
    public int[] BestIterations { get; init; } = [];

    /// <summary>Mean training loss over the members still training, by iteration.</summary>
    public double[] TrainingLoss { get; init; } = [];

    /// <summary>Mean loss on the members' held-out events, by iteration.</summary>
    public double[] ValidationLoss { get; init; } = [];

    /// <summary>Reasons of members that could not be trained.</summary>
    public IReadOnlyList<string> FailedMembers { get; init; } = [];
}
