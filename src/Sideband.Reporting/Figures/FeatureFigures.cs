using System.Text.RegularExpressions;
using Sideband.Events;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Figures;

/// <summary>Each feature of signal-region data against the template, before and after the cut.</summary>
internal static partial class FeatureFigures
{
    /// <summary>Few events pass: their bins are wider. Divides the number of bins.</summary>
    private const int BinsToJoin = 3;

    /// <summary>Of a feature's name in the name of a file, which may have 255 letters; its number tells it apart.</summary>
    private const int MostLetters = 60;

    public static IEnumerable<Figure?> Of(ScanResult result, WindowResult window, WindowArrays arrays, AxisTitles titles, SharedAxes axes)
    {
        // A run that has not the others' working point shows its nearest.
        var workingPoint = window.WorkingPoints.Index()
            .MinBy(entry => Math.Abs(Math.Log(entry.Item.EpsilonB / axes.ShownWorkingPoint)))
            .Index;
        var point = window.WorkingPoints[workingPoint];
        var cut = Labels.WorkingPoint(point.EpsilonB);
        var keys = FeatureKeys.Of(result.Features);
        foreach (var (f, name) in result.Features.Index())
        {
            string Key(string part) => FeatureKeys.Array(keys[f], part);

            var before = new ComparisonFigure
            {
                Kind = FormattableString.Invariant($"feature_{f + 1}_{Safe(name)}"),
                Window = window.Number,
                Title = $"{ShownText.Of(titles.FeatureName(result, name))}: before the cut",
                Caption =
                    $"Data in the signal region of window {window.Number} over the background template, which is scaled to N_SR; "
                    + "below their ratio, with a band of the template's statistical error. The outermost bins hold what lies beyond.",
                AxisTitle = titles.Feature(result, name),
                DataName = "data",
                TemplateName = "template, scaled to N_SR",
                Edges = arrays[Key("edges")],
                Data = arrays[Key("data")],
                Template = arrays[Key("template")],
                TemplateSquares = arrays[Key("template_w2")],
            };
            yield return before.Draw(axes);
            yield return (before with
            {
                Kind = before.Kind + "_after",
                Title = $"{ShownText.Of(titles.FeatureName(result, name))}: after the cut at {cut}",
                Caption =
                    $"Data of window {window.Number} that pass, mean over runs, over the template's events that pass, "
                    + "which are scaled to N_exp: what the excess, if there is one, looks like.",
                DataName = "data that pass",
                TemplateName = "template that passes, scaled to N_exp",
                Edges = [.. before.Edges.Where((_, edge) => edge % BinsToJoin == 0)],
                Data = Bins.Joined(arrays[Key("passing")].Row(workingPoint), BinsToJoin),
                Template = Bins.Joined(arrays[Key("template_passing")].Row(workingPoint), BinsToJoin),
                TemplateSquares = Bins.Joined(arrays[Key("template_passing_w2")].Row(workingPoint), BinsToJoin),
                Expected = point.NExp.Mean ?? double.NaN,
            }).Draw(axes);
        }
    }

    private static string Safe(string name)
    {
        var safe = Unsafe().Replace(name, "_");
        return safe[..Math.Min(safe.Length, MostLetters)];
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Unsafe();
}
