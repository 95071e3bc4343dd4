namespace Sideband.Search.Results;

/// <summary>
/// Methods side by side on one data set, in the shape of comparison.json (schema sideband.compare/1). A number that is not defined is null
/// and has a reason beside it. Classes of events are "background", "signal" and, where labels are not known, "all".
/// </summary>
public sealed record ComparisonResult
{
    public const string SchemaName = "sideband.compare/1";

    public string Schema { get; init; } = SchemaName;

    /// <summary>The program that compared.</summary>
    public required string Version { get; init; }

    public required string Mass { get; init; }

    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Trainings of each classifier that looks at templates; 0: they were not asked for.</summary>
    public required int Trainings { get; init; }

    /// <summary>Boosted trees whose mean score is used in each of them.</summary>
    public required int Members { get; init; }

    public required IReadOnlyList<ComparedMethodResult> Methods { get; init; }

    public required IReadOnlyList<ComparedWindowResult> Windows { get; init; }
}

/// <summary>One method with its settings: a run, or several that differ in their seeds alone.</summary>
/// <param name="Name">How it is called here: the method, or the run's folder where several have one method.</param>
/// <param name="Method">cwola, cathode, ...</param>
/// <param name="Runs">Names of the run directories.</param>
/// <param name="Seeds">Seed of each of them.</param>
/// <param name="Trainings">
/// Repetitions, over all of them: each has a classifier of its own and, but for runs that differ in their classifier seed alone,
/// a generator.
/// </param>
public sealed record ComparedMethodResult(
    string Name, string Method, IReadOnlyList<string> Runs, IReadOnlyList<ulong> Seeds, int Trainings)
{
    /// <summary>Of each run; null where its classifiers follow its seed.</summary>
    public required IReadOnlyList<ulong?> ClassifierSeeds { get; init; }

    /// <summary>Templates and folds that the trainings are of: pairs of seed and repetition.</summary>
    public required int Generators { get; init; }
}

/// <summary>One window.</summary>
public sealed record ComparedWindowResult
{
    public required int Number { get; init; }

    public required double Low { get; init; }

    public required double High { get; init; }

    /// <summary>N_SR.</summary>
    public required int Events { get; init; }

    /// <summary>The true background that templates are held against.</summary>
    public required TrueBackgroundResult Truth { get; init; }

    public required IReadOnlyList<ComparedTemplateResult> Templates { get; init; }

    /// <summary>
    /// Each template against the true background and against each other; "background" against "background" is two parts of it.
    /// </summary>
    public required IReadOnlyList<TemplateDistanceResult> Distances { get; init; }

    /// <summary>Each template against the true background, and "background", two parts of it against each other.</summary>
    public required IReadOnlyList<TemplateSeparationResult> Separations { get; init; }

    public required LogPosteriorResult LogPosterior { get; init; }

    /// <summary>The events whose scores are compared.</summary>
    public required ScoredEventsResult Scored { get; init; }

    public required IReadOnlyList<ScoreCorrelationResult> Correlations { get; init; }

    public required IReadOnlyList<OverlapResult> Overlaps { get; init; }

    public required IReadOnlyList<MethodPerformanceResult> Performance { get; init; }
}

/// <summary>True background in the window.</summary>
/// <param name="Source">"test", the background among the test events; "data", that of the labelled data; null where none is known.</param>
/// <param name="Events">Number of events.</param>
/// <param name="OtherSource">Where what it is held against itself comes from: "data", or "halves" of the same events.</param>
/// <param name="Reason">Why there is none.</param>
public sealed record TrueBackgroundResult(string? Source, int Events, string? OtherSource, string? Reason);

/// <summary>A method's template: of its first run.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Events">Events that set thresholds.</param>
/// <param name="EffectiveEvents">(sum w)^2/sum w^2.</param>
/// <param name="Note">What a reader must know; null where there is nothing.</param>
/// <param name="Reason">Why there is none.</param>
public sealed record ComparedTemplateResult(string Method, int Events, double EffectiveEvents, string? Note, string? Reason);

/// <summary>Kolmogorov-Smirnov distances of two samples.</summary>
public sealed record TemplateDistanceResult(
    string First, string Second, IReadOnlyList<FeatureDistance> Features, string? Reason);

/// <summary>The largest distance of two (weighted) cumulative distributions of a feature, in [0, 1].</summary>
public sealed record FeatureDistance(string Name, double Value);

/// <summary>AUC of a classifier of a template against true background; 0.5 where they cannot be told apart.</summary>
/// <param name="Method">Name of the method, or "background".</param>
/// <param name="Auc">One value a training.</param>
public sealed record TemplateSeparationResult(string Method, RunValues Auc);

/// <summary>
/// Mean ln p(class | event) of a classifier whose classes are the methods, over held-out events of each template and over true background.
/// </summary>
/// <param name="EventsPerClass">Events of each class: to train on, to stop by and held out.</param>
/// <param name="Chance">-ln(number of classes).</param>
/// <param name="Values">One a class and sample.</param>
/// <param name="Reason">Why there are none.</param>
public sealed record LogPosteriorResult(
    int EventsPerClass, double? Chance, IReadOnlyList<LogPosteriorValue> Values, string? Reason);

/// <param name="Class">Name of a method.</param>
/// <param name="Sample">Name of a method, or "background".</param>
/// <param name="Value">Over the trainings.</param>
public sealed record LogPosteriorValue(string Class, string Sample, RunValues Value);

/// <summary>Events that every method scored.</summary>
/// <param name="Source">"test", by the mean of all folds; "data", each event by the fold that was not trained on it.</param>
/// <param name="Events">In the window.</param>
/// <param name="Background">Those of label 0; null where labels are not known.</param>
/// <param name="Signal">Those of label 1; null where labels are not known.</param>
/// <param name="Note">Why it is not the test events; null where it is, or where no run has any.</param>
public sealed record ScoredEventsResult(string Source, int Events, int? Background, int? Signal, string? Note);

/// <summary>Pearson correlation of log-odds of scores.</summary>
/// <param name="First">Name of a method.</param>
/// <param name="Second">Another; or the same, between its trainings.</param>
/// <param name="Class">Class of the events.</param>
/// <param name="OfMeans">Of the mean scores over trainings; null within one method.</param>
/// <param name="OfTrainings">Of single trainings, the first's k-th with the second's k-th; within one method of every two.</param>
/// <param name="Reason">Why a number is null.</param>
public sealed record ScoreCorrelationResult(
    string First, string Second, string Class, double? OfMeans, RunValues OfTrainings, string? Reason)
{
    /// <summary>Within one method, of every two trainings that have one generator; null between two methods.</summary>
    public RunValues? OfOneGenerator { get; init; }

    /// <summary>
    /// Within one method, of every two generators, each by the mean scores over its trainings; null between two methods.
    /// </summary>
    public RunValues? OfGenerators { get; init; }
}

/// <summary>What the top fractions of several methods have in common, at one fraction.</summary>
/// <param name="Methods">Two of them, or all.</param>
/// <param name="Class">Class of the events, among which the fraction is taken.</param>
/// <param name="Fraction">p.</param>
/// <param name="Chance">p^(number of methods - 1).</param>
/// <param name="Excess">Common fraction less chance, over the trainings: median and central 68 %.</param>
public sealed record OverlapResult(
    IReadOnlyList<string> Methods, string Class, double Fraction, double Chance, BandResult Excess);

/// <summary>Median and central 68 % over trainings.</summary>
public sealed record BandResult(double? Low, double? Median, double? High, string? Reason);

/// <summary>How well a method finds the signal of the labelled events; ARGOS without labels.</summary>
public sealed record MethodPerformanceResult
{
    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>Signal against background.</summary>
    public required RunValues Auc { get; init; }

    /// <summary>Largest eps_S/sqrt(eps_B) where at least 25 background events pass.</summary>
    public required RunValues MaximumSic { get; init; }

    /// <summary>1/eps_B at it.</summary>
    public required RunValues MaximumSicRejection { get; init; }

    /// <summary>eps_S/sqrt(eps_B) at eps_B = 1/1000.</summary>
    public required RunValues SicAtThousand { get; init; }

    /// <summary>Smallest S/sqrt(B) in the window that would be found with 5 sigma expected, at the best cut.</summary>
    public required RunValues SigmaMin { get; init; }

    /// <summary>Mean sigma_min over that of the best method.</summary>
    public required double? Regret { get; init; }

    /// <summary>Largest eps_SR/sqrt(eps_BT) - sqrt(eps_BT) where at least 25 template events pass.</summary>
    public required RunValues Argos { get; init; }

    /// <summary>eps_BT at it.</summary>
    public required RunValues ArgosEfficiency { get; init; }
}
