using Sideband.Reporting.Charts;
using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>Signed significance by window and working point (arXiv:2411.00085, figures 1, 3 and 5).</summary>
internal static class SignificanceFigure
{
    private static readonly Mark Points = new(MarkShape.Point)
    {
        X = Place.Of("x"),
        Y = Place.Of("significance"),
        Tooltip =
        [
            ("window", null), ("working_point", null), ("significance", null), ("std", null), ("n_obs", null), ("n_exp", null),
            ("flags", null),
        ],
    };

    public static Figure Of(ScanResult result, AxisTitles titles, SharedScales scales)
    {
        var axis = new WindowAxis(result);
        var table = new FigureTable(
            "window", "mass_low", "mass_high", "x", "epsilon_b", "working_point", "significance",
            "std", "low", "high", "n_obs", "n_exp", "p_local", "flags", "doubtful");
        foreach (var window in result.Windows)
        {
            foreach (var (e, point) in window.WorkingPoints.Index())
            {
                var (mean, std) = (point.Significance.Mean, point.Significance.Std);
                table.Add(
                    window.Number, window.Low, window.High, axis.Place(window, e), point.EpsilonB, Labels.WorkingPoint(point.EpsilonB),
                    mean, std, mean - (std ?? 0), mean + (std ?? 0), point.NObs.Mean, point.NExp.Mean,
                    point.PLocal, string.Join(' ', point.Flags), IsDoubtful(point) ? "yes" : "no");
            }
        }

        var chart = new Chart(new Panel(
            300,
            axis.X(result, titles),
            scales.Significance("signed significance S [σ]"),
            new Mark(MarkShape.Rule) { Y = Place.At(0), Colour = ChartColours.Soft },
            new Mark(MarkShape.Rule) { Y = Place.At(5), Colour = ChartColours.Soft, Dash = LineDash.Dashed },
            new Mark(MarkShape.Text) { X = Place.At(axis.High), Y = Place.At(5), Text = "5σ", Colour = ChartColours.Soft },
            new Mark(MarkShape.Rule) { X = Place.Of("x"), Y = Place.Of("low"), Y2 = Place.Of("high"), Width = 1.5 },
            Points with { Where = [Condition.Is("doubtful", "no")], Size = 70 },
            Points with { Where = [Condition.Is("doubtful", "yes")], Size = 65, IsHollow = true, Width = 1.5 })
        {
            Series = WindowAxis.WorkingPoints(result),
        });
        var spread = result.Windows[0].WorkingPoints[0].Significance.Runs.Count > 1
            ? $"Bars: standard deviation over {result.Windows[0].WorkingPoints[0].Significance.Runs.Count} runs."
            : "One run: no bars, its spread is not known.";
        var flagged = result.Windows.Any(window => window.WorkingPoints.Any(IsDoubtful));
        var open = flagged
            ? " Open points: the effective ε_B is more than 25 % off, few template events pass, or a classifier learned nothing; "
                + "see all numbers."
            : "";
        return new Figure(
            "significance",
            null,
            "Significance by window",
            $"Signed significance of the counts; a deficit is negative. {spread}{open}",
            chart,
            table);
    }

    // Ties alone are harmless: what enters is the effective eps_B.
    private static bool IsDoubtful(WorkingPointResult point) => point.Flags.Any(flag => flag != "ties_at_threshold");
}
