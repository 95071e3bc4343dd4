using Sideband.Inference;
using Sideband.Inference.Calibration;
using Sideband.Numerics;
using Sideband.Reporting.Charts;
using Sideband.Reporting.Runs;
using Sideband.Reporting.Wording;
using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>What the asymptotic p-values are worth, and what looking at many windows costs.</summary>
internal static class PValueFigures
{
    /// <summary>The asymptotic p-value that experiments quote, against the fraction of experiments that quote as little.</summary>
    public static Figure Calibration(WindowResult window, ExperimentSignificances experiments)
    {
        var table = Table();
        var count = experiments.Count;
        double[] levels = [.. Enumerable.Range(1, count).Select(rank => (double)rank / count).Where(Shown(count))];
        foreach (var (e, point) in window.WorkingPoints.Index())
        {
            var curve = CalibrationCurve.Of(
                [.. experiments.Of(window, e).Select(s => s is { } value
                    ? Measured.Of(NormalDistribution.UpperTail(value))
                    : Measured.Undefined("no value"))],
                levels);
            foreach (var at in curve.Points)
            {
                var (low, high) = (at.QuotedLow.Value, at.QuotedHigh.Value);
                Add(table, "curve", Labels.WorkingPoint(point.EpsilonB), at.Level, at.Quoted.Value, low, high);
            }
        }

        return Draw(
            "calibration_curve",
            window.Number,
            "Quoted against true p-value",
            $"Asymptotic p-value of S in window {window.Number} that as many experiments without signal as the true p-value says reach "
            + $"({Kinds.Words(experiments.Calibration.Kind)}); bands: 68 %, binomial. "
            + "Below the dashed line the asymptotic p-value overstates.",
            "true p-value: fraction of experiments",
            "asymptotic p-value quoted",
            table,
            window.WorkingPoints.Select(point => Labels.WorkingPoint(point.EpsilonB)));
    }

    /// <summary>The probability of any S as large, against that in one window at one working point.</summary>
    public static Figure Global(ScanResult result, ExperimentSignificances experiments)
    {
        const string factor = "experiments", observed = "observed";
        var table = Table();
        double?[] largest = experiments.Largest();
        var cells = result.Windows.Where(window => window.MayClaim)
            .SelectMany(window => window.WorkingPoints.Select((_, e) => experiments.Of(window, e))).ToArray();
        var all = cells.Sum(cell => cell.Length);
        var shown = Shown(largest.Length);
        foreach (var threshold in largest.OfType<double>().OrderDescending().Where((_, i) => shown((i + 1.0) / largest.Length)))
        {
            var local = (double)cells.Sum(cell => cell.Count(value => value >= threshold || value is null)) / all;
            var global = BinomialInterval.Of(largest.Count(value => value >= threshold || value is null), largest.Length);
            Add(table, "curve", factor, local, global.Fraction, global.Low, global.High);
        }

        // The points' own p-values may be of a calibration that was asked for later.
        foreach (var point in experiments.Calibration.PValues)
        {
            Add(table, "observed", observed, point.PLocal?.Value, point.PGlobal?.Value, null, null);
        }

        return Draw(
            "local_to_global",
            null,
            "From local to global p-value",
            "Fraction of experiments without signal whose largest S reaches a value, against the fraction of their windows and "
            + $"working points that do ({Kinds.Words(experiments.Calibration.Kind)}); band: 68 %, binomial. Points: this search. "
            + "The distance from the dashed line is the price of many windows.",
            "local p-value",
            "global p-value",
            table,
            [factor, observed]);
    }

    private static FigureTable Table() => new("what", "series", "x", "y", "low", "high");

    // Every rank of the smallest, then as many as a logarithmic axis can show.
    private static Func<double, bool> Shown(int count) => level =>
    {
        var rank = (int)Math.Round(level * count);
        return rank <= 20 || rank % (int)Math.Pow(10, Math.Floor(Math.Log10(rank))) == 0;
    };

    private static void Add(FigureTable table, string what, string series, double? x, double? y, double? low, double? high) =>
        table.Add(what, series, FigureTable.Derived(x), FigureTable.Derived(y), FigureTable.Derived(low), FigureTable.Derived(high));

    private static Figure Draw(
        string kind, int? window, string title, string caption, string xTitle, string yTitle, FigureTable table, IEnumerable<string> series)
    {
        // Probabilities end at 1.
        var x = Axis.Logarithmic(xTitle, Axis.LogarithmicAround("", table.Numbers("x"), 1e-9).Low, 1);
        var y = Axis.Logarithmic(yTitle, Axis.LogarithmicAround("", table.Numbers("y").Concat(table.Numbers("low")), 1e-9).Low, 1);
        var corner = Math.Max(x.Low, y.Low);
        Add(table, "diagonal", "", corner, corner, null, null);
        Add(table, "diagonal", "", 1, 1, null, null);
        var line = new Mark(MarkShape.Line) { X = Place.Of("x"), Y = Place.Of("y") };
        var points = new Mark(MarkShape.Point)
        {
            X = Place.Of("x"),
            Y = Place.Of("y"),
            Where = [Condition.Is("what", "observed")],
            Size = 70,
            Tooltip = [("series", null), ("x", ".2~e"), ("y", ".2~e")],
        };
        Mark[] observed = table.Rows.Any(row => row[0] is "observed") ? [points] : [];
        var chart = new Chart(new Panel(
            300,
            x,
            y,
            [
                line with { Where = [Condition.Is("what", "diagonal")], Colour = ChartColours.Soft, Dash = LineDash.Dashed },
                new Mark(MarkShape.Area)
                {
                    X = Place.Of("x"),
                    Y = Place.Of("low"),
                    Y2 = Place.Of("high"),
                    Where = [Condition.Is("what", "curve")],
                    Opacity = 0.18,
                },
                line with { Where = [Condition.Is("what", "curve")], Width = 2 },
                .. observed,
            ])
        {
            Series = new Series("series", [.. series]),
        });
        return new Figure(
            kind,
            window,
            title,
            caption,
            chart,
            table);
    }
}
