using Sideband.Reporting.Runs;
using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>All figures of a run, in the order of the report.</summary>
public static class FigureSet
{
    /// <param name="runs">Runs of one report; figures of results share their axes over them.</param>
    /// <param name="units">Units by column, where the user gave them.</param>
    /// <returns>The figures of each run.</returns>
    public static IReadOnlyList<IReadOnlyList<Figure>> Of(IReadOnlyList<ReportedRun> runs, IReadOnlyDictionary<string, string> units)
    {
        var (titles, scales) = (new AxisTitles(units), new SharedScales(runs));
        return [.. runs.Select(run => Of(run, titles, scales).ToArray())];
    }

    // The cut that features are shown behind: the loosest one, with the most events to look at, whose largest significance is within 1 of
    // the best.
    private static int Shown(ScanResult result)
    {
        double?[] largest =
        [
            .. result.Windows[0].WorkingPoints.Select((_, e) => result.Windows.Max(window => window.WorkingPoints[e].Significance.Mean)),
        ];
        return Math.Max(0, Array.FindIndex(largest, value => value >= largest.Max() - 1));
    }

    private static IEnumerable<Figure> Of(ReportedRun run, AxisTitles titles, SharedScales scales)
    {
        var result = run.Result;
        if (!result.Blind)
        {
            yield return SignificanceFigure.Of(result, titles, scales);
        }

        yield return CountsFigure.Of(result, titles);
        if (DeltaSysCurvesFigure.Of(run) is { } curves)
        {
            yield return curves;
        }

        if (DeltaSysWindowsFigure.Of(result, titles, scales) is { } shifts)
        {
            yield return shifts;
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

        var workingPoint = Shown(run.Result);
        foreach (var window in result.Windows.Where(window => run.Summaries.ContainsKey(window.Number)))
        {
            var arrays = run.Summaries[window.Number];
            yield return MassFigure.Of(result, window, arrays, titles);
            yield return ScoreFigure.Of(window, arrays);
            foreach (var figure in FeatureFigures.Of(result, window, arrays, titles, workingPoint)
                .Concat(PerformanceFigures.Of(result, window, arrays))
                .Concat(TrainingFigures.Of(window, arrays)))
            {
                yield return figure;
            }
        }
    }
}
