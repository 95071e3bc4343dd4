using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Figures;

/// <summary>Distribution of the classifier's score: signal-region data over the template.</summary>
internal static class ScoreFigure
{
    private const int MostBins = 60;

    /// <summary>Null where nothing was scored.</summary>
    public static Figure? Of(WindowResult window, WindowArrays arrays, SharedAxes axes)
    {
        // Scores crowd near the classes' shares: the bins of the summary are fine, and as many are joined as the range that is filled asks
        // for.
        double?[] template = arrays["score_template"];
        var filled = Enumerable.Range(0, template.Length).Where(bin => template[bin] > 0).ToArray();
        var join = filled.Length == 0 ? 1 : ((filled[^1] - filled[0]) / MostBins) + 1;
        return new ComparisonFigure
        {
            Kind = "scores",
            Window = window.Number,
            Title = "Classifier scores",
            Caption =
                $"Score of signal-region data of window {window.Number} over the template's, which is scaled to N_SR; means over runs. "
                + "Dotted: the thresholds R_c of the working points, mean over folds and runs.",
            AxisTitle = "score (mean of the ensemble), dimensionless",
            DataName = "data",
            TemplateName = "template, scaled to N_SR",
            Edges = Edges(arrays["score_edges"], join),
            Data = Bins.Joined(arrays["score_data"], join),
            Template = Bins.Joined(arrays["score_template"], join),
            TemplateSquares = Bins.Joined(arrays["score_template_w2"], join),
            Cuts = ((double?[])arrays["score_thresholds"]).Zip(window.WorkingPoints.Select(point => Labels.WorkingPoint(point.EpsilonB))),
        }.Draw(axes);
    }

    private static double?[] Edges(double?[] edges, int join) =>
        [.. Enumerable.Range(0, ((edges.Length - 2) / join) + 2).Select(bin => edges[Math.Min(bin * join, edges.Length - 1)])];
}
