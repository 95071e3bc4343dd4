using Sideband.Reporting.Figures;

namespace Sideband.Reporting.Page.Sections;

/// <summary>
/// The places of figures: one card a run and kind. What is drawn in it, for the window that is chosen, is up to the page's script.
/// </summary>
internal static class FigureCards
{
    private static readonly string[] Formats = ["svg", "png", "csv", "json"];
    /// <param name="runs">Name of each run.</param>
    /// <param name="figures">Figures of each run.</param>
    /// <param name="belongs">Which kinds stand here.</param>
    public static Html Of(IReadOnlyList<string> runs, IReadOnlyList<IReadOnlyList<Figure>> figures, Func<string, bool> belongs)
    {
        var kinds = figures.SelectMany(of => of).Select(figure => figure.Kind).Where(belongs).Distinct().ToArray();
        Figure? Drawn(int run, string kind) => figures[run].FirstOrDefault(figure => figure.Kind == kind);
        return Html.Of($"""
            <div class="figures runs-{runs.Count}">
            {kinds.SelectMany(kind => runs.Select((run, r) => Card(run, r, runs.Count > 1, Drawn(r, kind), kind)))}
            </div>

            """);
    }

    private static Html Card(string run, int index, bool several, Figure? figure, string kind) => figure is null
        ? Html.Of(
            $"""<figure class="absent"><figcaption>{(several ? run + ": " : "")}this run has no such figure ({kind}).</figcaption>"""
            + $"</figure>\n")
        : Html.Of($"""
            <figure data-run="{index}" data-kind="{kind}">
            <h3>{(several ? Html.Of($"""<span class="run">{run}</span> """) : Html.Empty)}<span class="title">{figure.Title}</span></h3>
            <div class="plot" role="img" aria-label="{figure.Title}"></div>
            <figcaption>{figure.Caption}</figcaption>
            <div class="tools">{Formats.Select(SaveButton)}<details><summary>data</summary></details></div>
            </figure>

            """);

    private static Html SaveButton(string format) =>
        Html.Of($"""<button data-save="{format}">{format.ToUpperInvariant()}</button>""");
}
