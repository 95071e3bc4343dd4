using Sideband.Reporting.Charts;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Figures;

/// <summary>Training curves and the iterations at which training was stopped.</summary>
internal static class TrainingFigures
{
    private static readonly Mark Bars = new(MarkShape.Rect)
    {
        X = Place.Of("low"),
        X2 = Place.Of("high"),
        Y = Place.Of("count"),
        Y2 = Place.At(0),
        Colour = ChartColours.Counts,
        Opacity = 0.8,
        Tooltip = [("low", null), ("count", null)],
    };

    /// <summary>None where nothing was trained.</summary>
    public static IEnumerable<Figure> Of(ScanResult result, WindowResult window, WindowArrays arrays, SharedAxes axes)
    {
        int[] iterations = [.. ((double?[])arrays["best_iterations"]).OfType<double>().Select(value => (int)value)];
        if (iterations.Length == 0)
        {
            yield break;
        }

        double?[] training = arrays["training_loss"];
        double?[] validation = arrays["validation_loss"];
        yield return CurveFigure.Draw(
            "training", window.Number, "Training curves",
            $"Log-loss by iteration in window {window.Number}, mean over the members (of all folds and runs) that still train: "
            + "late points stand for few members.",
            new CurveAxis("iteration"), new CurveAxis("log-loss [nat per event]"),
            axes,
            [
                ("training half", training.Select((loss, i) => ((double?)i, loss))),
                ("held-out half", validation.Select((loss, i) => ((double?)i, loss))),
            ]);
        yield return EarlyStopping(result, window, iterations, axes);
    }

    private static Figure EarlyStopping(ScanResult result, WindowResult window, int[] iterations, SharedAxes axes)
    {
        const int mostBins = 40;
        var highest = iterations.Max();
        var width = (highest / mostBins) + 1;
        var table = new FigureTable("low", "high", "count");
        for (var low = 0; low <= highest; low += width)
        {
            table.Add(low, low + width, iterations.Count(value => value >= low && value < low + width));
        }

        var figure = FormattableString.Invariant($"early_stopping.{window.Number}");
        var most = table.Rows.Max(row => (int)row[2]!);
        var sorted = iterations.Order().ToArray();
        var quartiles = FormattableString.Invariant(
            $" Median {sorted[sorted.Length / 2]}, middle half {sorted[sorted.Length / 4]} to {sorted[3 * sorted.Length / 4]}.");
        return new Figure(
            "early_stopping", window.Number, "Early stopping",
            $"Iteration of the smallest held-out loss of the {iterations.Length} members of window {window.Number}.{quartiles} "
            + What(result),
            new Chart(new Panel(
                260,
                axes.Linear(figure + ".x", "best iteration", 0, (highest / width * width) + width),
                axes.Linear(figure + ".y", "members", 0, 1.04 * most, Math.Min(6, most)),
                Bars)),
            table);
    }

    // What the classifier that scores is made of.
    private static string What(ScanResult result) =>
        result.Provenance.Settings.GetValueOrDefault("classifier") == "network" ? "The epochs with the smallest loss are averaged."
        : result.Profile == "paper" ? "The trees up to it score, and the ten iterations after it."
        : "The trees up to it score, but at least the first ten.";
}
