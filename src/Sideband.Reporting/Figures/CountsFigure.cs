using Sideband.Reporting.Charts;
using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>N_obs against N_exp by window and working point, with their ratio.</summary>
internal static class CountsFigure
{
    private static readonly Mark Box = new(MarkShape.Rect) { X = Place.Of("x_low"), X2 = Place.Of("x_high"), Opacity = 0.35 };
    private static readonly Mark Bar = new(MarkShape.Rule) { X = Place.Of("x"), Width = 1.5 };
    private static readonly Mark Points = new(MarkShape.Point)
    {
        X = Place.Of("x"),
        Size = 60,
        Tooltip = [("window", null), ("working_point", null), ("n_obs", ",.1f"), ("n_exp", ",.1f")],
    };

    /// <summary>Null where no window has a count.</summary>
    public static Figure? Of(ScanResult result, AxisTitles titles, SharedAxes axes)
    {
        var axis = new WindowAxis("counts", result, axes);
        var table = new FigureTable(
            "window", "mass_low", "mass_high", "x", "x_low", "x_high", "epsilon_b", "working_point",
            "n_obs", "n_obs_low", "n_obs_high", "n_exp", "n_exp_low", "n_exp_high",
            "ratio", "ratio_low", "ratio_high", "band_low", "band_high");
        foreach (var window in result.Windows)
        {
            foreach (var point in window.WorkingPoints)
            {
                var (x, observed, expected, sigma) = (axis.Place(window, point.EpsilonB), point.NObs.Mean, point.NExp.Mean, point.SigmaExp);
                var error = observed is { } count ? Math.Sqrt(count) : (double?)null;
                table.Add(
                    window.Number, window.Low, window.High, x, x - axis.HalfBox,
                    x + axis.HalfBox, point.EpsilonB, Labels.WorkingPoint(point.EpsilonB),
                    observed, observed - error, observed + error, expected, expected * (1 - sigma), expected * (1 + sigma),
                    observed / expected, (observed - error) / expected, (observed + error) / expected, 1 - sigma, 1 + sigma);
            }
        }

        if (!table.Numbers("n_exp").Concat(table.Numbers("n_obs")).Any())
        {
            return null;
        }

        string[] drawn = ["n_obs_low", "n_obs_high", "n_exp_low", "n_exp_high"];
        var y = axes.Logarithmic("counts.y", "events that pass", drawn.SelectMany(table.Numbers), 0.5);
        var highest = Math.Clamp(table.Numbers("ratio_high").Concat(table.Numbers("band_high")).DefaultIfEmpty(1.5).Max() * 1.05, 1.5, 8);
        var lowest = Math.Clamp(table.Numbers("ratio_low").Concat(table.Numbers("band_low")).DefaultIfEmpty(0.5).Min() * 0.95, 0, 0.9);
        var ratio = axes.Linear("counts.ratio", "N_obs / N_exp", lowest, highest, 4);
        var beyond = new Beyond("ratio", ratio);
        var below = axis.X(result, titles);
        var chart = new Chart(
            new Panel(
                240,
                below.WithoutLabels(),
                y,
                Box with { Y = Place.Of("n_exp_low"), Y2 = Place.Of("n_exp_high"), Where = [Condition.IsPositive("n_exp")] },
                new Mark(MarkShape.Rule) { X = Place.Of("x_low"), X2 = Place.Of("x_high"), Y = Place.Of("n_exp"), Width = 1.5 },
                Bar with { Y = Place.Of("n_obs_low"), Y2 = Place.Of("n_obs_high"), Where = [Condition.IsPositive("n_obs")] },
                Points with { Y = Place.Of("n_obs"), Where = [Condition.IsPositive("n_obs")] })
            {
                Series = axes.WorkingPointSeries,
            },
            new Panel(
                110,
                below,
                ratio,
                [
                    new Mark(MarkShape.Rule) { Y = Place.At(1), Colour = ChartColours.Soft },
                    Box with { Y = Place.Of("band_low"), Y2 = Place.Of("band_high"), Where = [Condition.IsPositive("n_exp")] },
                    Bar with { Y = Place.Of("ratio_low"), Y2 = Place.Of("ratio_high") },
                    Points with { Y = Place.Of("ratio") },
                    .. beyond.Arrows("x"),
                ])
            {
                Series = axes.WorkingPointSeries,
            });
        return new Figure(
            "counts", null, "Observed and expected events",
            result.Blind
                ? "Lines with boxes: N_exp with its error σ_exp. The search is blind, nothing is observed."
                : "Points: N_obs (mean over runs) with bars of √N_obs. "
                    + "Lines with boxes: N_exp with its error σ_exp, statistical and systematic." + beyond.Caption(table, "ratios"),
            chart, table);
    }
}
