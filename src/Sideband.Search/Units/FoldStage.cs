using Sideband.Events.Readers;
using Sideband.Search.Results;
using Sideband.Templates;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Search.Units;

/// <summary>Trains a fold's scorer on the other folds and scores this one, at every mass where the score has a meaning there.</summary>
/// <param name="method">The method.</param>
/// <param name="fold">From 1.</param>
public sealed class FoldStage(ITemplateMethod method, int fold) : IStage
{
    /// <summary>The folds' <see cref="IStage.Kind"/>.</summary>
    public const string FoldKind = "fold";

    public string Name => NameOf(fold);

    public string Kind => FoldKind;

    public string Identity => $"fold of {method.Name}";

    /// <summary>From 1.</summary>
    public int Fold => fold;

    public StageReads Reads { get; } =
        Judges(method).Aggregate(method.PreparationReads.Option<FoldOptions>(), (reads, name) => reads.Stage(name));

    public static string NameOf(int fold) => FormattableString.Invariant($"fold {fold}");

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var unit = (UnitInputs)inputs;
        var contradictions = Judges(method).Select(name => inputs.Product<ITemplateJudgement>(name).Contradiction).ToArray();
        var sample = unit.Prepared();
        var nothing = new FoldProduct { TemplateEvents = sample.Threshold.Events.Count, LeftOut = sample.LeftOut };
        if ((sample.Failure ?? unit.Distortion?.Failure) is { } reason)
        {
            return nothing with { Failure = reason };
        }

        if (Array.Find(contradictions, words => words is not null) is { } contradiction)
        {
            return nothing with { Failure = $"{WindowState.TemplateFails}: {contradiction}" };
        }

        var folds = unit.FoldsOfRun();
        var training = sample.Scoring.Train(
            new FoldRequest(folds, fold - 1, name => inputs.Stream(Name, name), threads, cancellation) { Memory = unit.Trainings });
        if (training.Scorer is not { } scorer)
        {
            return nothing with { Failure = training.Failures[0] };
        }

        var data = scorer.Score(sample.Scored, FoldEvents.Of(folds, sample.Scored.Events, fold));
        var rows = sample.Template.Folded ? FoldEvents.Of(folds, sample.Threshold.Events, fold) : sample.Threshold.AllRows();
        var template = scorer.Score(sample.Threshold, rows);
        using var kept = new MemoryStream();
        scorer.Save(kept);
        return nothing with
        {
            Scorer = kept.ToArray(),
            DataScores = data.Scores,
            UndefinedData = data.Undefined,
            TemplateScores = template.Scores,
            TemplateWeights = sample.Threshold.Events.HasWeights ? Array.ConvertAll(rows, row => sample.Threshold.Events.Weights[row]) : [],
            UndefinedTemplate = template.Undefined.Length,
            BestIterations = training.BestIterations,
            TrainingLoss = training.TrainingLoss,
            ValidationLoss = training.ValidationLoss,
            FailedMembers = training.Failures,
        };
    }

    public IStageProduct Unpack(NpzFile file) => FoldProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) =>
        method.FoldCost(size, events, options) ?? ClassifierCost.Of(size, events, options);

    private static IEnumerable<string> Judges(ITemplateMethod method) =>
        method.Stages.Where(stage => stage.JudgesTemplate).Select(stage => stage.Name);
}
