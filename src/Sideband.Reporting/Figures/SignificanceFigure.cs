using Sideband.Reporting.Charts;
using Sideband.Reporting.Wording;
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

    /// <summary>Null where no window has a significance.</summary>
    public static Figure? Of(ScanResult result, AxisTitles titles, SharedAxes axes)
    {
        var axis = new WindowAxis("significance", result, axes);
        var table = new FigureTable(
            "window", "mass_low", "mass_high", "x", "epsilon_b", "working_point", "significance",
            "std", "low", "high", "n_obs", "n_exp", "p_local", "flags", "doubtful");
        foreach (var window in result.Windows)
        {
            foreach (var point in window.WorkingPoints)
            {
                var (mean, std) = (point.Significance.Mean, point.Significance.Std);
                table.Add(
                    window.Number, window.Low, window.High, axis.Place(window, point.EpsilonB), point.EpsilonB,
                    Labels.WorkingPoint(point.EpsilonB),
                    mean, std, mean - (std ?? 0), mean + (std ?? 0), point.NObs.Mean, point.NExp.Mean,
                    point.PLocal, string.Join(' ', point.Flags), IsDoubtful(point) ? "yes" : "no");
            }
        }

        if (!table.Numbers("significance").Any())
        {
            return null;
        }

        // Always from below 0 to above the line at 5 sigma.
        var (low, high) = SharedAxes.WithMargin([.. table.Numbers("low"), .. table.Numbers("high"), -1, 5.6]);
        var chart = new Chart(new Panel(
            300,
            axis.X(result, titles),
            axes.Linear("significance.y", "signed significance S [σ]", low, high),
            new Mark(MarkShape.Rule) { Y = Place.At(0), Colour = ChartColours.Soft },
            new Mark(MarkShape.Rule) { Y = Place.At(5), Colour = ChartColours.Soft, Dash = LineDash.Dashed },
            new Mark(MarkShape.Text) { X = Place.At(axis.High), Y = Place.At(5), Text = "5σ", Colour = ChartColours.Soft },
            new Mark(MarkShape.Rule) { X = Place.Of("x"), Y = Place.Of("low"), Y2 = Place.Of("high"), Width = 1.5 },
            Points with { Where = [Condition.Is("doubtful", "no")], Size = 70 },
            Points with { Where = [Condition.Is("doubtful", "yes")], Size = 65, IsHollow = true, Width = 1.5 })
        {
            Series = axes.WorkingPointSeries,
        });
        var spread = result.Windows[0].WorkingPoints[0].Significance.Runs.Count > 1
            ? $"Bars: standard deviation over {result.Windows[0].WorkingPoints[0].Significance.Runs.Count} runs."
            : "One run: no bars, its spread is not known.";
        string[] reasons = [.. result.Windows.SelectMany(window => window.WorkingPoints.SelectMany(Flags.Mattering)).Distinct()];
        var open = reasons.Length == 0 ? "" : $" Open points are flagged: {string.Join("; ", reasons.Select(Flags.Words))}.";
        return new Figure(
            "significance",
            null,
            "Significance by window",
            $"Signed significance of the counts; a deficit is negative. {spread}{open}",
            chart,
            table);
    }

    private static bool IsDoubtful(WorkingPointResult point) => Flags.Mattering(point).Count > 0;
}
