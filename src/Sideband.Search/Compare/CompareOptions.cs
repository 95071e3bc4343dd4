namespace Sideband.Search.Compare;

/// <summary>What a comparison is asked for.</summary>
public sealed record CompareOptions
{
    /// <summary>Numbers of the windows to compare in; empty: all.</summary>
    public IReadOnlyList<int> Windows { get; init; } = [];

    /// <summary>Trainings of each classifier of templates; 0: neither AUC nor log posteriors. At most 1,000.</summary>
    public int Trainings { get; init; } = 3;

    /// <summary>Boosted trees of each training, whose mean score is used; 1 to 1,000.</summary>
    public int Members { get; init; } = 50;

    /// <summary>At least 1; never changes a result.</summary>
    public int Threads { get; init; } = 1;
}
