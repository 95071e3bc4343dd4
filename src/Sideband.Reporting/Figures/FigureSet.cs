using Sideband.Reporting.Runs;

namespace Sideband.Reporting.Figures;

/// <summary>All figures of a run, in the order of the report.</summary>
public static class FigureSet
{
    /// <param name="runs">Runs of one report; their figures share axes, working points and units.</param>
    /// <returns>The figures of each run.</returns>
    public static IReadOnlyList<IReadOnlyList<Figure>> Of(IReadOnlyList<ReportedRun> runs)
    {
        var units = runs.SelectMany(run => run.Units)
            .GroupBy(entry => entry.Key)
            .ToDictionary(same => same.Key, same => same.First().Value);
        var (titles, axes) = (new AxisTitles(units), new SharedAxes(runs));

        // The first time they say what their axes must hold.
        var first = runs.Select(run => Of(run, titles, axes).ToArray()).ToArray();
        return runs.Count == 1 ? first : [.. runs.Select(run => Of(run, titles, axes).ToArray())];
    }

    private static IEnumerable<Figure> Of(ReportedRun run, AxisTitles titles, SharedAxes axes)
    {
        var result = run.Result;
        Figure?[] overview =
        [
            result.Blind ? null : SignificanceFigure.Of(result, titles, axes), CountsFigure.Of(result, titles, axes),
            DeltaSysCurvesFigure.Of(run, axes), DeltaSysWindowsFigure.Of(result, titles, axes),
        ];
        foreach (var figure in overview.OfType<Figure>())
        {
            yield return figure;
        }

        if (run.Experiments is { Count: > 0 } experiments)
        {
            if (result.Windows.Any(window => window.MayClaim))
            {
                yield return PValueFigures.Global(result, experiments);
            }

            foreach (var window in result.Windows)
            {
                yield return NullDistributionFigure.Of(result, window, experiments);
                yield return PValueFigures.Calibration(window, experiments);
            }
        }

        foreach (var figure in LimitFigures.Of(result, titles, axes).Concat(InjectionFigures.Of(result)))
        {
            yield return figure;
        }

        if (result.Fits.Count > 0)
        {
            yield return FitSignificanceFigure.Of(result, titles);
        }

        foreach (var window in result.Windows.Where(window => run.Fits.ContainsKey(window.Number)))
        {
            foreach (var figure in FitFigures.Of(result, window, run.Fits[window.Number], titles))
            {
                yield return figure;
            }
        }

        foreach (var window in result.Windows.Where(window => run.Summaries.ContainsKey(window.Number)))
        {
            var arrays = run.Summaries[window.Number];
            yield return MassFigure.Of(result, window, arrays, titles, axes);
            foreach (var figure in FeatureFigures.Of(result, window, arrays, titles, axes)
                .Prepend(ScoreFigure.Of(window, arrays, axes))
                .Concat(PerformanceFigures.Of(result, window, arrays, axes))
                .Concat(TrainingFigures.Of(result, window, arrays, axes))
                .OfType<Figure>())
            {
                yield return figure;
            }
        }
    }
}
