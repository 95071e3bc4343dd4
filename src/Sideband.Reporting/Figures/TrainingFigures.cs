using Sideband.Reporting.Charts;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Figures;

/// <summary>Training curves and the iterations at which training was stopped.</summary>
internal static class TrainingFigures
{
    public static IEnumerable<Figure> Of(WindowResult window, WindowArrays arrays)
    {
        double?[] training = arrays["training_loss"];
        double?[] validation = arrays["validation_loss"];
        yield return CurveFigure.Draw(
            "training", window.Number, "Training curves",
            $"Log-loss by iteration in window {window.Number}, mean over the members (of all folds and runs) that still train: "
            + "late points stand for few members.",
            new CurveAxis("iteration"), new CurveAxis("log-loss [nat per event]"),
            [
                ("training half", training.Select((loss, i) => ((double?)i, loss))),
                ("held-out half", validation.Select((loss, i) => ((double?)i, loss))),
            ]);
        yield return EarlyStopping(window, [.. ((double?[])arrays["best_iterations"]).OfType<double>().Select(value => (int)value)]);
    }

    private static Chart Members(FigureTable table, double end)
    {
        var most = table.Rows.Select(row => (int)row[2]!).DefaultIfEmpty(1).Max();
        return new Chart(new Panel(
            260,
            Axis.Linear("best iteration", 0, end),
            Axis.Linear("members", 0, 1.04 * most, Math.Min(6, most)),
            new Mark(MarkShape.Rect)
            {
                X = Place.Of("low"),
                X2 = Place.Of("high"),
                Y = Place.Of("count"),
                Y2 = Place.At(0),
                Colour = ChartColours.Counts,
                Opacity = 0.8,
                Tooltip = [("low", null), ("count", null)],
            }));
    }

    private static Figure EarlyStopping(WindowResult window, int[] iterations)
    {
        const int mostBins = 40;
        var highest = iterations.DefaultIfEmpty(0).Max();
        var width = (highest / mostBins) + 1;
        var table = new FigureTable("low", "high", "count");
        for (var low = 0; low <= highest; low += width)
        {
            table.Add(low, low + width, iterations.Count(value => value >= low && value < low + width));
        }

        var sorted = iterations.Order().ToArray();
        var quartiles = sorted.Length == 0
            ? ""
            : FormattableString.Invariant(
                $" Median {sorted[sorted.Length / 2]}, middle half {sorted[sorted.Length / 4]} to {sorted[3 * sorted.Length / 4]}.");
        return new Figure(
            "early_stopping", window.Number, "Early stopping",
            "Iteration of the smallest held-out loss, which is the one that scores, "
            + $"of the {iterations.Length} members of window {window.Number}.{quartiles}",
            Members(table, highest + width), table);
    }
}
