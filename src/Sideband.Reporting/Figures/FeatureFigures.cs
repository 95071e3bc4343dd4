using System.Text.RegularExpressions;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Figures;

/// <summary>Each feature of signal-region data against the template, before and after the cut.</summary>
internal static partial class FeatureFigures
{
    /// <summary>Few events pass: their bins are wider. Divides the number of bins.</summary>
    private const int BinsToJoin = 3;

    public static IEnumerable<Figure> Of(ScanResult result, WindowResult window, WindowArrays arrays, AxisTitles titles, SharedAxes axes)
    {
        // A run that has not the others' working point shows its nearest.
        var workingPoint = window.WorkingPoints.Index()
            .MinBy(entry => Math.Abs(Math.Log(entry.Item.EpsilonB / axes.ShownWorkingPoint)))
            .Index;
        var point = window.WorkingPoints[workingPoint];
        var cut = Labels.WorkingPoint(point.EpsilonB);
        foreach (var (f, name) in result.Features.Index())
        {
            var before = new ComparisonFigure
            {
                Kind = FormattableString.Invariant($"feature_{f + 1}_{Safe(name)}"),
                Window = window.Number,
                Title = $"{titles.FeatureName(result, name)}: before the cut",
                Caption =
                    $"Data in the signal region of window {window.Number} over the background template, which is scaled to N_SR; "
                    + "below their ratio, with a band of the template's statistical error. The outermost bins hold what lies beyond.",
                AxisTitle = titles.Feature(result, name),
                DataName = "data",
                TemplateName = "template, scaled to N_SR",
                Edges = arrays[$"feature_{name}_edges"],
                Data = arrays[$"feature_{name}_data"],
                Template = arrays[$"feature_{name}_template"],
                TemplateSquares = arrays[$"feature_{name}_template_w2"],
            };
            yield return before.Draw(axes);
            yield return (before with
            {
                Kind = before.Kind + "_after",
                Title = $"{titles.FeatureName(result, name)}: after the cut at {cut}",
                Caption =
                    $"Data of window {window.Number} that pass, mean over runs, over the template's events that pass, "
                    + "which are scaled to N_exp: what the excess, if there is one, looks like.",
                DataName = "data that pass",
                TemplateName = "template that passes, scaled to N_exp",
                Edges = [.. before.Edges.Where((_, edge) => edge % BinsToJoin == 0)],
                Data = Bins.Joined(arrays[$"feature_{name}_passing"].Row(workingPoint), BinsToJoin),
                Template = Bins.Joined(arrays[$"feature_{name}_template_passing"].Row(workingPoint), BinsToJoin),
                TemplateSquares = Bins.Joined(arrays[$"feature_{name}_template_passing_w2"].Row(workingPoint), BinsToJoin),
                Expected = point.NExp.Mean ?? double.NaN,
            }).Draw(axes);
        }
    }

    private static string Safe(string name) => Unsafe().Replace(name, "_");

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Unsafe();
}
