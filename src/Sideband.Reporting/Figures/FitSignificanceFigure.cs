using Sideband.Reporting.Charts;
using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>Z of the fits against the mass, beside the significance of the counts.</summary>
internal static class FitSignificanceFigure
{
    public static Figure Of(ScanResult result, AxisTitles titles)
    {
        double?[] cuts = [.. result.Fits.Select(fit => fit.EpsilonB).Distinct()];
        double[] masses = [.. result.Fits.Select(fit => fit.Mass).Distinct().Order()];
        var margin = Math.Max(0.05 * (masses[^1] - masses[0]), 0.25 * (result.Fits[0].High - result.Fits[0].Low));
        var table = new FigureTable(
            "kind", "window", "mass", "x", "cut", "significance", "std", "low", "high", "counted",
            "signal", "signal_error", "limit", "function");
        foreach (var fit in result.Fits)
        {
            var (mean, std) = (fit.Significance.Mean, fit.Significance.Std);
            var counted = fit.Scan ? null : result.Windows.First(window => window.Number == fit.Number).WorkingPoints
                .FirstOrDefault(point => point.EpsilonB == fit.EpsilonB)?.Significance.Mean;

            // Points of several cuts at one mass stand side by side.
            var place = fit.Scan ? fit.Mass : fit.Mass + (0.04 * margin * (Array.IndexOf(cuts, fit.EpsilonB) - (0.5 * (cuts.Length - 1))));
            table.Add(
                fit.Scan ? "scan" : "window", fit.Number, fit.Mass, place, Label(fit.EpsilonB),
                mean, std, mean - (std ?? 0), mean + (std ?? 0), counted,
                fit.Signal.Mean, fit.SignalError.Mean, fit.Limit.Mean, fit.Function?.Name);
        }

        double[] all = [.. table.Numbers("low"), .. table.Numbers("high"), .. table.Numbers("counted"), -1, 5.6];
        var inWindows = new Mark(MarkShape.Point)
        {
            X = Place.Of("x"),
            Y = Place.Of("significance"),
            Where = [Condition.Is("kind", "window")],
            Size = 70,
            Tooltip =
            [
                ("window", null), ("mass", ".4~f"), ("cut", null), ("significance", ".2f"), ("counted", ".2f"), ("signal", ",.1f"),
                ("limit", ",.1f"), ("function", null),
            ],
        };
        var chart = new Chart(new Panel(
            300,
            Axis.Linear(titles.Mass(result), masses[0] - margin, masses[^1] + margin, 9),
            Axis.Linear("Z of the fit [σ]", Math.Floor(all.Min() - 0.2), Math.Ceiling(all.Max() + 0.2)),
            new Mark(MarkShape.Rule) { Y = Place.At(0), Colour = ChartColours.Soft },
            new Mark(MarkShape.Rule) { Y = Place.At(5), Colour = ChartColours.Soft, Dash = LineDash.Dashed },
            new Mark(MarkShape.Line)
            {
                X = Place.Of("x"),
                Y = Place.Of("significance"),
                Where = [Condition.Is("kind", "scan")],
                Width = 1.2,
            },
            new Mark(MarkShape.Rule)
            {
                X = Place.Of("x"),
                Y = Place.Of("low"),
                Y2 = Place.Of("high"),
                Where = [Condition.Is("kind", "window")],
                Width = 1.5,
            },
            inWindows,
            new Mark(MarkShape.Point)
            {
                X = Place.Of("x"),
                Y = Place.Of("counted"),
                Where = [Condition.Is("kind", "window")],
                Size = 55,
                IsHollow = true,
                Width = 1.5,
            })
        {
            Series = new Series("cut", [.. cuts.Select(Label)]),
        });
        var scan = result.Fits.Any(fit => fit.Scan) ? " Lines: the finer scan of masses, with the cuts of the nearest window." : "";
        return new Figure(
            "fit_significance",
            null,
            "Z of the fits against the mass",
            "Points: a function fitted to the sidebands of the spectrum after each cut, and without one. "
            + $"Open points: S of the counts at the same cut.{scan}",
            chart,
            table);
    }

    private static string Label(double? epsilon) => epsilon is { } value ? Labels.WorkingPoint(value) : "no cut";
}
