using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Figures;

/// <summary>SIC and ROC of one window, where labels are known.</summary>
internal static class PerformanceFigures
{
    /// <summary>Points with fewer background events above the threshold than this fluctuate and are left out.</summary>
    private const int FewestBackground = 25;

    private static readonly CurveAxis Rejection = new("background rejection 1/ε_B", 1, 1e4, Logarithmic: true);

    public static IEnumerable<Figure> Of(ScanResult result, WindowResult window, WindowArrays arrays, SharedAxes axes)
    {
        if (arrays.Find("roc_epsilon_b") is not { } grid)
        {
            yield break;
        }

        var tested = result.TestMetrics?.FirstOrDefault(metrics => metrics.Number == window.Number);
        var series = new List<(string Name, double?[] Background, double?[] Signal, double?[] Sic)>();
        (string Name, string Words, long Events)[] kinds =
            [("test", "test events", tested?.Background ?? 0), ("data", "labels of the data", window.Events)];
        foreach (var (name, words, events) in kinds)
        {
            if (arrays.Find($"roc_{name}_epsilon_s") is { } signal)
            {
                var kept = Enumerable.Range(0, grid.Values.Length).Where(i => grid.Values[i] * events >= FewestBackground).ToArray();
                double?[] Kept(SummaryValues values) => [.. kept.Select(i => values.Values[i])];
                series.Add((words, Kept(grid), Kept(signal), Kept(arrays["sic_" + name])));
            }
        }

        var where = $"window {window.Number}; shown where at least {FewestBackground} background events pass";
        var signalAxis = new CurveAxis("signal efficiency ε_S", 0, 1);
        var sicAxis = new CurveAxis("SIC = ε_S / √ε_B", 0);
        yield return CurveFigure.Draw("sic", window.Number, "Significance improvement against signal efficiency",
            $"How much the cut multiplies S/√B, {where}.",
            signalAxis,
            sicAxis,
            axes,
            [.. series.Select(s => (s.Name, s.Signal.Zip(s.Sic)))]);
        yield return CurveFigure.Draw("sic_rejection", window.Number, "Significance improvement against rejection",
            $"The same against the background rejection, {where}.",
            Rejection,
            sicAxis,
            axes,
            [.. series.Select(s => (s.Name, s.Background.Select(b => 1 / b).Zip(s.Sic)))]);
        yield return CurveFigure.Draw("roc", window.Number, "ROC",
            $"Background rejection at each signal efficiency, {where}.",
            signalAxis,
            Rejection,
            axes,
            [.. series.Select(s => (s.Name, s.Signal.Zip(s.Background.Select(b => 1 / b))))]);
    }
}
