using Sideband.Templates.Scoring;

namespace Sideband.Templates;

/// <summary>What the folds of one window and run are trained on and score: the outcome of a method's stages.</summary>
public sealed record PreparedSample
{
    /// <summary>Why there is no template; null where there is one.</summary>
    public string? Failure { get; init; }

    /// <summary>The events that are searched in the region, as the scorer sees them.</summary>
    public required ScoredView Region { get; init; }

    /// <summary>The events that are scored, in the order of the sample's table: at every mass, or those of <see cref="Region"/>.</summary>
    public required ScoredView Scored { get; init; }

    /// <summary>Class 0 and, where it is not the data, class 1.</summary>
    public required BackgroundTemplate Template { get; init; }

    /// <summary>The events that set thresholds, as the scorer sees them.</summary>
    public required ScoredView Threshold { get; init; }

    /// <summary>Events that the template should have and has not: they have no image where they were to be carried.</summary>
    public int LeftOut { get; init; }

    /// <summary>How a fold's scorer is trained.</summary>
    public required IFoldScoring Scoring { get; init; }
}
