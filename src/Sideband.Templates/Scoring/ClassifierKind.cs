namespace Sideband.Templates.Scoring;

/// <summary>What tells data from template.</summary>
public enum ClassifierKind
{
    /// <summary>Boosted trees.</summary>
    Trees,

    /// <summary>Neural networks.</summary>
    Network,
}
