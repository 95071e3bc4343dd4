using Sideband.Events;
using Sideband.Inference;
using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;
using Sideband.Learning.Boosting;
using Sideband.Numerics;
using Sideband.Search.Collect;
using Sideband.Search.Results;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Compare;

/// <summary>
/// AUC of boosted trees that tell a template from true background by the features: mean over five folds of events that the trees were not
/// trained on, one value a training; and the same of true background against itself, the band in which no difference is seen.
/// </summary>
/// <param name="options">How many trainings of how many trees.</param>
/// <param name="seed">Of all random numbers.</param>
/// <param name="window">The window's name, for random streams.</param>
internal sealed class TemplateSeparation(CompareOptions options, ulong seed, string window)
{
    private const int Folds = 5;
    private const int FewestEvents = 100;

    /// <param name="templates">One a method.</param>
    /// <param name="truth">True background.</param>
    /// <param name="cancellation">Looked at before each tree.</param>
    public IReadOnlyList<TemplateSeparationResult> Of(
        IReadOnlyList<TemplateSample> templates, TrueBackground truth, CancellationToken cancellation)
    {
        if (truth.Events is null || options.Trainings == 0)
        {
            return [];
        }

        TemplateSeparationResult Result(string name, Func<int, Measured> auc) => new(
            name, WorkingPointResults.Values(RunStatistics.Of([.. Enumerable.Range(1, options.Trainings).Select(auc)])));

        return
        [
            .. templates.Select(template => Result(template.Name, training => template.Events is { } events
                ? Auc(template.Name, training, truth.Events, events, cancellation)
                : Measured.Undefined(template.Result.Reason!))),
            Result(TemplateDistances.Background, training =>
            {
                var (first, second) = truth.Parts(seed, training);
                return Auc(TemplateDistances.Background, training, first, second, cancellation);
            }),
        ];
    }

    private Measured Auc(string name, int training, EventTable truth, EventTable template, CancellationToken cancellation)
    {
        RandomStream Stream(string use) => RandomStream.For(seed, "compare", window, "separation", name, $"training {training}", use);

        truth = SampledEvents.Of(truth, Stream("truth"));
        template = SampledEvents.Of(template, Stream("template"));
        if (Math.Min(truth.Count, template.Count) < FewestEvents)
        {
            return Measured.Undefined($"{Math.Min(truth.Count, template.Count)} events; at least {FewestEvents} needed");
        }

        if (truth.FeatureNames.Count > FeatureBinning.MaxFeatures)
        {
            return Measured.Undefined($"{truth.FeatureNames.Count} features; boosted trees take at most {FeatureBinning.MaxFeatures}");
        }

        if (TemplateDistances.NegativeWeights(template) is { } problem)
        {
            return Measured.Undefined(problem);
        }

        // Copies share a fold, whichever sample they are in.
        var assignment = new FoldAssignment(seed, training, Folds);
        var (ofTruth, ofTemplate) = (assignment.Of(truth), assignment.Of(template));
        if (Enumerable.Range(0, Folds).Any(fold => !ofTruth.Contains((byte)fold) || !ofTemplate.Contains((byte)fold)))
        {
            return Measured.Undefined("copies of few events: a fold has none");
        }

        byte[] folds = [.. ofTruth, .. ofTemplate];
        var columns = EventColumns.Of(truth, template);
        var labels = new byte[folds.Length];
        labels.AsSpan(0, truth.Count).Fill(1);
        double[] weights = template.HasWeights ? [.. truth.WeightOfEach(), .. template.Weights] : [];
        var sorted = SortedColumns.Of(columns, options.Threads);
        var sum = 0.0;
        for (var fold = 0; fold < Folds; fold++)
        {
            var number = fold + 1;
            var ensemble = EnsembleTrainer.Fit(
                sorted,
                [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] != fold)],
                labels,
                weights,
                options.Members,
                new BoostingOptions(),
                member => Stream($"fold {number} member {member + 1}"),
                options.Threads,
                cancellation);
            if (!ensemble.Succeeded)
            {
                return Measured.Undefined(ensemble.Failures[0]);
            }

            ScoreDistribution Held(int label)
            {
                int[] rows = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] == fold && labels[row] == label)];
                var scores = new float[rows.Length];
                ensemble.Score(columns, rows, scores);
                return new ScoreDistribution(scores, weights.Length == 0 ? [] : Array.ConvertAll(rows, row => weights[row]));
            }

            sum += RocCurve.Of(Held(1), Held(0)).Auc;
        }

        return Measured.Of(sum / Folds);
    }
}
