using System.Text.Json.Serialization;
using Sideband.Learning.Boosting;
using Sideband.Learning.Classifiers;

namespace Sideband.Templates.Scoring;

/// <summary>The classifier of a search.</summary>
/// <param name="Kind">Trees or networks.</param>
/// <param name="Members">Classifiers whose mean score is used, at least 1.</param>
/// <param name="Boosting">Options of each member where these are trees, else null.</param>
/// <param name="Network">Options of each member where these are networks, else null.</param>
public sealed record ClassifierOptions(ClassifierKind Kind, int Members, BoostingOptions? Boosting, NetworkClassifierOptions? Network)
{
    /// <summary>
    /// Names random streams of the classifiers alone, so that they can be trained again on the same folds and template; null: they follow
    /// the search's seed. Not written where it is null, so that options without it have the text that they always had.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ulong? Seed { get; init; }
}
