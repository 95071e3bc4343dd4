using Sideband.Inference.Counting;

namespace Sideband.Search.Collect;

/// <summary>The counts of one window at many background efficiencies, every run.</summary>
/// <param name="All">[efficiency][run] all events.</param>
/// <param name="Background">[efficiency][run] with the data cut to label 0; null where labels are unknown.</param>
internal sealed record WindowCounts(WindowCount[][] All, WindowCount[][]? Background)
{
    public static WindowCounts Of(WindowScores scores, IReadOnlyList<double> efficiencies)
    {
        var all = efficiencies.Select(_ => new WindowCount[scores.Runs.Count]).ToArray();
        var background = scores.Data.HasLabels ? efficiencies.Select(_ => new WindowCount[scores.Runs.Count]).ToArray() : null;
        for (var run = 0; run < scores.Runs.Count; run++)
        {
            if (scores.Runs[run].FirstOrDefault(fold => fold.Result.Failure is not null) is { } failed)
            {
                FillFailed(all, run, efficiencies, failed);
                FillFailed(background, run, efficiencies, failed);
                continue;
            }

            var template = scores.Runs[run].Select(fold => TemplateOf(fold)).ToArray();
            Fill(all, run, efficiencies, scores, template, [.. scores.Runs[run].Select(fold => DataOf(fold, false))]);
            if (background is not null)
            {
                Fill(background, run, efficiencies, scores, template, [.. scores.Runs[run].Select(fold => DataOf(fold, true))]);
            }
        }

        return new WindowCounts(all, background);
    }

    private static void Fill(
        WindowCount[][] counts, int run, IReadOnlyList<double> efficiencies, WindowScores scores, ScoreDistribution[] template, ScoreDistribution[] data)
    {
        for (var e = 0; e < efficiencies.Count; e++)
        {
            var epsilon = efficiencies[e];
            var folds = template.Zip(data, (background, observed) => FoldCount.Of(epsilon, background, observed));
            counts[e][run] = WindowCount.Of(epsilon, [.. folds], scores.Runs[run][0].Template.Count);
        }
    }

    // A run without one of its folds has no counts.
    private static void FillFailed(WindowCount[][]? counts, int run, IReadOnlyList<double> efficiencies, FoldScores failed)
    {
        var failure = new FoldCount(default, default, default, default, CountFlags.None, $"{failed.Unit.Name}: {failed.Result.Failure}");
        for (var e = 0; e < efficiencies.Count && counts is not null; e++)
        {
            counts[e][run] = WindowCount.Of(efficiencies[e], [failure], failed.Template.Count);
        }
    }

    private static ScoreDistribution TemplateOf(FoldScores fold) => new(fold.Result.TemplateScores, fold.TemplateWeights());

    private static ScoreDistribution DataOf(FoldScores fold, bool backgroundOnly)
    {
        if (!backgroundOnly)
        {
            return new(fold.Result.DataScores, Weights(fold.Data, fold.DataIndices));
        }

        var kept = Enumerable.Range(0, fold.Result.DataScores.Length).Where(i => fold.Data.Labels[fold.DataIndices[i]] == 0).ToArray();
        return new([.. kept.Select(i => fold.Result.DataScores[i])], Weights(fold.Data, [.. kept.Select(i => fold.DataIndices[i])]));
    }

    private static double[] Weights(Events.EventTable events, int[] indices) =>
        events.HasWeights ? [.. indices.Select(index => events.Weights[index])] : [];
}
