using Sideband.Learning.Boosting;
using Sideband.Learning.Classifiers;

namespace Sideband.Templates.Scoring;

/// <summary>The classifier of a search.</summary>
/// <param name="Kind">Trees or networks.</param>
/// <param name="Members">Classifiers whose mean score is used, at least 1.</param>
/// <param name="Boosting">Options of each member where these are trees, else null.</param>
/// <param name="Network">Options of each member where these are networks, else null.</param>
public sealed record ClassifierOptions(ClassifierKind Kind, int Members, BoostingOptions? Boosting, NetworkClassifierOptions? Network);
