namespace Sideband.Templates.Combined;

/// <summary>What of several methods is made one.</summary>
public enum CombinationLevel
{
    /// <summary>Their templates: one classifier tells data from all.</summary>
    Samples,

    /// <summary>The scores of their own classifiers.</summary>
    Scores,
}
