using Sideband.Reporting.Charts;
using Sideband.Reporting.Figures;
using Sideband.Search.Compare;
using Sideband.Search.Results;

namespace Sideband.Reporting.Compare;

/// <summary>Significance improvement of each method against signal efficiency and against rejection.</summary>
internal static class SicFigures
{
    private const double HighestRejection = 1e5;

    public static IEnumerable<Figure> Of(string[] methods, ComparedWindowResult window, ComparisonCurves curves)
    {
        if (curves.Sic.Count == 0)
        {
            yield break;
        }

        const string caption = "How much the cut multiplies S/√B: median and central 68 % over trainings, "
            + "shown where at least 25 background events pass";
        var highest = 1.05 * curves.Sic.SelectMany(curve => curve.Points).Max(point => point.High);
        var y = Axis.Linear("SIC = ε_S / √ε_B", 0, Math.Max(highest, 1), isNice: true);
        var hasSignalAxis = curves.Sic.Any(curve => curve.Against == SicCurve.AgainstSignal);
        if (hasSignalAxis)
        {
            yield return Draw(
                "sic", "Significance improvement against signal efficiency", SicCurve.AgainstSignal,
                Axis.Linear("signal efficiency ε_S", 0, 1));
        }

        var last = curves.Sic.Where(curve => curve.Against == SicCurve.AgainstRejection).SelectMany(curve => curve.Points)
            .Select(point => point.X).DefaultIfEmpty(10).Max();
        yield return Draw(
            "sic_rejection", "Significance improvement against rejection", SicCurve.AgainstRejection,
            Axis.Logarithmic("background rejection 1/ε_B", 1, Math.Clamp(last, 10, HighestRejection)));

        Figure Draw(string kind, string title, string against, Axis x)
        {
            var table = new FigureTable("method", "x", "low", "median", "high");
            foreach (var curve in curves.Sic.Where(curve => curve.Against == against))
            {
                foreach (var point in curve.Points.OrderBy(point => point.X))
                {
                    table.Add(curve.Method, point.X, point.Low, point.Median, point.High);
                }
            }

            return new Figure(
                kind,
                window.Number,
                title,
                $"{caption}. {(hasSignalAxis ? "" : "Against ε_S there is nothing to show: where as many pass, all signal does. ")}"
                + $"{ComparisonFigures.Class("labelled", window.Scored.Source)} of window {window.Number}.",
                Bands.Chart(x, y, "method", methods),
                table);
        }
    }
}
