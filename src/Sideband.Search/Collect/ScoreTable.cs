using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Collect;

/// <summary>Scores of one window with the events that they belong to, in the shape of scores/.</summary>
/// <param name="Window">The window.</param>
/// <param name="SourceFiles">Names that <see cref="ScoreRow.Source"/> points into.</param>
/// <param name="Rows">One a scored event, run and fold.</param>
public sealed record ScoreTable(MassWindow Window, IReadOnlyList<string> SourceFiles, IReadOnlyList<ScoreRow> Rows)
{
    /// <summary>The data in the signal region.</summary>
    public static ScoreTable OfData(WindowScores scores)
    {
        var rows = new List<ScoreRow>(scores.Folds.Sum(fold => fold.InRegion.Indices.Length));
        foreach (var run in scores.Runs)
        {
            foreach (var fold in run.Folds)
            {
                rows.AddRange(fold.InRegion.Indices.Select((index, i) => Row(run, fold, run.Region, index, fold.InRegion.Scores[i])));
            }
        }

        return new ScoreTable(scores.Window, rows.Count == 0 ? [] : Names(scores.Data), rows);
    }

    /// <summary>The template events that set thresholds.</summary>
    internal static ScoreTable OfTemplate(SearchPlan plan, UnitStore store, WindowScores scores)
    {
        var (rows, names) = (new List<ScoreRow>(), (IReadOnlyList<string>)[]);
        foreach (var run in scores.Runs)
        {
            var folds = new FoldAssignment(plan.Settings.Seed, run.Run, plan.Settings.Folds);
            var unit = run.Folds[0].Unit;
            var sample = FinishedInputs.Of(plan, store, unit.Place, unit.Stage.Reads).Prepared();
            var events = sample.Threshold.Events;
            foreach (var fold in run.Folds.Where(fold => fold.Product.Failure is null))
            {
                int[] indices = sample.Template.Folded ? FoldEvents.Of(folds, events, fold.Fold) : sample.Threshold.AllRows();
                rows.AddRange(indices.Select((index, i) => Row(run, fold, events, index, fold.Product.TemplateScores[i])));
                names = Names(events);
            }
        }

        return new ScoreTable(scores.Window, names, rows);
    }

    private static ScoreRow Row(RunScores run, FoldScores fold, EventTable events, int index, float score) =>
        new(events.SourceIndex[index], events.Rows[index], (short)run.Run, (short)fold.Fold, (float)events.Mass[index], score)
        {
            Weight = events.HasWeights ? events.Weights[index] : 1,
        };

    private static string[] Names(EventTable events) => [.. events.Sources.Select(source => source.Name)];
}

/// <summary>One score.</summary>
/// <param name="Source">Index of the file that the event comes from.</param>
/// <param name="Row">Its row there, from 0.</param>
/// <param name="Run">From 1.</param>
/// <param name="Fold">From 1.</param>
/// <param name="Mass">In the unit of the mass column.</param>
/// <param name="Score">In [0, 1].</param>
public readonly record struct ScoreRow(short Source, int Row, short Run, short Fold, float Mass, float Score)
{
    /// <summary>Of the event: its own, times what the method gave a template event.</summary>
    public double Weight { get; init; }
}
