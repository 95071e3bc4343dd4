using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Inference.Counting;
using Sideband.Search.Checks;
using Sideband.Templates;
using Sideband.Templates.Stages;

namespace Sideband.Search.Units;

/// <summary>Background efficiencies at which experiments are counted.</summary>
/// <param name="WorkingPoints">In (0, 1), falling.</param>
public sealed record CountOptions(IReadOnlyList<double> WorkingPoints);

/// <summary>A fold of an experiment, of which nothing but the counts is kept, and the masses that pass where a fit needs them.</summary>
/// <param name="fold">Trains and scores.</param>
/// <param name="method">The method.</param>
public sealed class CountStage(FoldStage fold, ITemplateMethod method) : IStage
{
    public string Name => fold.Name;

    public string Kind => fold.Kind;

    public string Identity => $"counts of {method.Name} 2";

    /// <summary>From 1.</summary>
    public int Fold => fold.Fold;

    public StageReads Reads { get; } = fold.Reads.Option<CountOptions>();

    public IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation)
    {
        var unit = (UnitInputs)inputs;
        var product = (FoldProduct)fold.Run(inputs, threads, cancellation);
        var efficiencies = inputs.Option<CountOptions>().WorkingPoints;
        if (product.Failure is { } reason)
        {
            return new CountProduct(reason, product.TemplateEvents, [], [], []);
        }

        var sample = unit.Prepared();
        var indices = FoldEvents.Of(unit.FoldsOfRun(), sample.Scored.Events, Fold);
        var scores = RegionScores.Of(product, sample.Scored.Events, sample.Region.Events, inputs.Window, indices);
        var template = new ScoreDistribution(product.TemplateScores, product.TemplateWeights);
        FoldCount[] Count(bool backgroundOnly)
        {
            var data = scores.Distribution(backgroundOnly);
            return [.. efficiencies.Select(epsilon => FoldCount.Of(epsilon, template, data))];
        }

        // Copies of an event are in one fold.
        var experiment = unit.Place.Experiment;
        var distinct = experiment.KeepsSpectra && experiment.Source.HasCopies ? DistinctEvents.Of(sample.Scored.Events) : null;
        return new CountProduct(
            null,
            product.TemplateEvents,
            Count(false),
            scores.Region.HasLabels ? Count(true) : [],
            experiment.KeepsSpectra
                ? [.. efficiencies.Select(epsilon => Passing(product, template, epsilon, sample.Scored.Events, indices, distinct))]
                : []);
    }

    // None where there is no threshold: the count then has the reason.
    private static double[] Passing(
        FoldProduct product, ScoreDistribution template, double epsilon, EventTable scored, int[] indices, bool[]? distinct)
    {
        var threshold = Threshold.At(epsilon, template);
        if (threshold.Failure is not null)
        {
            return [];
        }

        var passing = product.Data.Passing(threshold.Score);
        return
        [
            .. Enumerable.Range(0, indices.Length)
                .Where(i => passing[i] && (distinct?[indices[i]] ?? true))
                .Select(i => scored.Mass[indices[i]]),
        ];
    }

    public IStageProduct Unpack(NpzFile file) => CountProduct.Unpack(file);

    public double Cost(TemplateSize size, int events, IOptionSource options) => fold.Cost(size, events, options);
}
