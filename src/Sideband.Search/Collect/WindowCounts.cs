using Sideband.Inference.Counting;

namespace Sideband.Search.Collect;

/// <summary>The counts of one window at many background efficiencies, every run.</summary>
/// <param name="All">[efficiency][run] all events.</param>
/// <param name="Background">[efficiency][run] with the data cut to label 0; null where labels are unknown.</param>
internal sealed record WindowCounts(WindowCount[][] All, WindowCount[][]? Background)
{
    /// <param name="scores">Of every fold.</param>
    /// <param name="efficiencies">Background efficiencies.</param>
    /// <param name="repetition">How often events are there.</param>
    public static WindowCounts Of(WindowScores scores, IReadOnlyList<double> efficiencies, CountRepetition repetition)
    {
        var all = efficiencies.Select(_ => new WindowCount[scores.Runs.Count]).ToArray();
        var background = scores.Data.HasLabels ? efficiencies.Select(_ => new WindowCount[scores.Runs.Count]).ToArray() : null;
        for (var r = 0; r < scores.Runs.Count; r++)
        {
            var run = scores.Runs[r];
            if (run.Folds.FirstOrDefault(fold => fold.Product.Failure is not null) is { } failed)
            {
                FillFailed(all, r, efficiencies, failed);
                FillFailed(background, r, efficiencies, failed);
                continue;
            }

            ScoreDistribution[] template =
            [
                .. run.Folds.Select(fold => new ScoreDistribution(fold.Product.TemplateScores, fold.Product.TemplateWeights)),
            ];
            Fill(
                all,
                r,
                efficiencies,
                run,
                template,
                repetition,
                [.. run.Folds.Select(fold => fold.InRegion.Distribution(backgroundOnly: false))]);
            if (background is not null)
            {
                Fill(
                    background,
                    r,
                    efficiencies,
                    run,
                    template,
                    repetition,
                    [.. run.Folds.Select(fold => fold.InRegion.Distribution(backgroundOnly: true))]);
            }
        }

        return new WindowCounts(all, background);
    }

    private static void Fill(
        WindowCount[][] counts,
        int r,
        IReadOnlyList<double> efficiencies,
        RunScores run,
        ScoreDistribution[] template,
        CountRepetition repetition,
        ScoreDistribution[] data)
    {
        for (var e = 0; e < efficiencies.Count; e++)
        {
            var epsilon = efficiencies[e];
            var folds = template.Zip(data, (background, observed) => FoldCount.Of(epsilon, background, observed));
            counts[e][r] = WindowCount.Of(epsilon, [.. folds], run.Folds[0].Product.TemplateEvents) with { Repetition = repetition };
        }
    }

    // A run without one of its folds has no counts.
    private static void FillFailed(WindowCount[][]? counts, int run, IReadOnlyList<double> efficiencies, FoldScores failed)
    {
        var failure = new FoldCount(default, default, default, default, CountFlags.None, $"{failed.Unit.Name}: {failed.Product.Failure}");
        for (var e = 0; e < efficiencies.Count && counts is not null; e++)
        {
            counts[e][run] = WindowCount.Of(efficiencies[e], [failure], failed.Product.TemplateEvents);
        }
    }
}
