using Sideband.Events;
using Sideband.Search.Collect;
using Sideband.Search.Systematics;
using Sideband.Search.Units;

namespace Sideband.Search.Compare;

/// <summary>What a method's trainings say of the compared events in one window.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Trainings">One a run directory and repetition, in their order.</param>
internal sealed record MethodScores(string Method, IReadOnlyList<TrainingScores> Trainings)
{
    /// <summary>Mean over the trainings without failure that score an event; NaN where none does.</summary>
    public float[] Mean { get; } = MeanOf(Trainings);

    /// <summary>The trainings of each generator, in the order of their first.</summary>
    public IReadOnlyList<MethodScores> OfGenerators =>
        [.. Trainings.GroupBy(training => training.Generator).Select(group => new MethodScores(Method, [.. group]))];

    /// <param name="group">The method.</param>
    /// <param name="window">The window.</param>
    /// <param name="ofTest">True for the test events, false for the data.</param>
    public static MethodScores Of(MethodGroup group, MassWindow window, bool ofTest) => new(
        group.Name,
        [
            .. group.Runs.SelectMany(run =>
            {
                var scores = WindowScores.Load(run.Plan, run.Store, ChainSample.Data, window);
                return scores.Runs.Select(one => new TrainingScores(
                    $"{run.Name}, run {one.Run}",
                    new Generator(run.Settings.Seed, one.Run),
                    ofTest ? OfTest(run, window, one) : OfData(one),
                    one));
            }),
        ]);

    private static float[] MeanOf(IReadOnlyList<TrainingScores> trainings)
    {
        TrainingScores[] good = [.. trainings.Where(training => training.Failure is null)];
        var mean = new float[trainings[0].Scores.Length];
        for (var i = 0; i < mean.Length; i++)
        {
            var (sum, count) = (0.0, 0);
            foreach (var training in good)
            {
                (sum, count) = float.IsNaN(training.Scores[i]) ? (sum, count) : (sum + training.Scores[i], count + 1);
            }

            mean[i] = count == 0 ? float.NaN : (float)(sum / count);
        }

        return mean;
    }

    // Each event by the fold that was not trained on it. A score of exactly 0 says that there is none: sums of trees do not reach it.
    private static float[] OfData(RunScores run)
    {
        var scores = new float[run.Region.Count];
        Array.Fill(scores, float.NaN);
        foreach (var fold in run.Folds)
        {
            for (var i = 0; i < fold.InRegion.Indices.Length; i++)
            {
                var score = fold.InRegion.Scores[i];
                scores[fold.InRegion.Indices[i]] = score > 0 ? score : float.NaN;
            }
        }

        return scores;
    }

    // Mean of the folds that have a classifier.
    private static float[] OfTest(ComparedRun run, MassWindow window, RunScores one)
    {
        var unit = run.Plan.UnitsOf(ChainSample.Data, window).First(other => other.Stage is TestStage && other.Run == one.Run);
        var folds = ((TestProduct)run.Store.Read(unit)).Scores;
        var scores = new float[run.Plan.Inputs.Test!.CountIn(window.SignalRegion)];
        for (var i = 0; i < scores.Length; i++)
        {
            var sum = 0.0;
            foreach (var fold in folds)
            {
                sum += fold[i];
            }

            scores[i] = sum > 0 ? (float)(sum / folds.Count) : float.NaN;
        }

        return scores;
    }
}

/// <summary>What made a template, and the folds: trainings of one generator differ in their classifiers alone.</summary>
/// <param name="Seed">Of the search.</param>
/// <param name="Run">Number of the repetition.</param>
internal sealed record Generator(ulong Seed, int Run);

/// <summary>One training's scores.</summary>
/// <param name="Name">Run directory and repetition.</param>
/// <param name="Generator">Of its template.</param>
/// <param name="Scores">One a compared event; NaN where it has none.</param>
/// <param name="Run">The folds, with what they scored of data and template.</param>
internal sealed record TrainingScores(string Name, Generator Generator, float[] Scores, RunScores Run)
{
    /// <summary>Why nothing can be said of this training; null where something can.</summary>
    public string? Failure => Run.Folds.FirstOrDefault(fold => fold.Product.Failure is not null) is { } failed
        ? $"{Name}, fold {failed.Fold}: {failed.Product.Failure}"
        : null;
}
