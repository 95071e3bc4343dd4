namespace Sideband.Templates.Scoring;

/// <summary>The cross-validation.</summary>
/// <param name="Folds">At least 2.</param>
public sealed record FoldOptions(int Folds);
