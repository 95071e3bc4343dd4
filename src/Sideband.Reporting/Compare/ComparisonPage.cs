using System.Globalization;
using Sideband.Reporting.Figures;
using Sideband.Reporting.Page;
using Sideband.Reporting.Page.Sections;
using Sideband.Reporting.Terminal;
using Sideband.Search.Results;

namespace Sideband.Reporting.Compare;

/// <summary>A comparison of methods as one HTML file.</summary>
public static class ComparisonPage
{
    private const string Name = "comparison";

    /// <param name="result">The numbers.</param>
    /// <param name="figures">The pictures.</param>
    public static string Write(ComparisonResult result, IReadOnlyList<Figure> figures)
    {
        var title = "Sideband: " + string.Join(", ", result.Methods.Select(method => method.Name)) + " compared";
        return PageFrame.Write(
            title,
            [.. result.Windows.Select(window => PageWindow.Of(window.Number, window.Low, window.High))],
            result.Windows[result.Windows.Count / 2].Number,
            Sections(result, figures),
            [Name],
            [figures],
            ChartRuntime.IsEmbedded);
    }

    private static IEnumerable<PageSection> Sections(ComparisonResult result, IReadOnlyList<Figure> figures)
    {
        Html Cards(string kind) => FigureCards.Of([Name], [figures], name => name.StartsWith(kind, StringComparison.Ordinal));
        Html Each(Func<ComparedWindowResult, int, Html> content) => Html.Join(result.Windows.Select((window, w) => Html.Of(
            $"<h3>window {window.Number}: {Numbers.Mass(window.Low)} - {Numbers.Mass(window.High)}</h3>{content(window, w)}")));

        yield return new PageSection("methods", "Methods", Methods(result));
        yield return new PageSection(
            "templates",
            "Templates against true background and each other",
            Each((window, w) => Html.Of($"{Distances(result, window, w)}{Separations(window, w)}{Posteriors(window, w)}")));
        yield return new PageSection(
            "agreement",
            "Which events methods score highest",
            Html.Of($"{Cards("overlap_")}{Cards("scatter_")}{Each(Correlations)}"));
        yield return new PageSection("performance", "How well methods find signal", Html.Of($"{Cards("sic")}{Each(Performance)}"));
    }

    private static Html Methods(ComparisonResult result)
    {
        var notes = ComparisonNotes.Of(result);
        return Html.Of($"""
            {HtmlTable.Of(
                ["method", "run directories", "seeds", "trainings", "generators"],
                result.Methods.Select((method, m) => (IEnumerable<Html>)
                [
                    HtmlTable.Text(method.Name == method.Method ? method.Name : $"{method.Name} ({method.Method})"),
                    HtmlTable.Text(string.Join(", ", method.Runs)),
                    HtmlTable.Text(string.Join(", ", method.Seeds)),
                    HtmlTable.Number($"methods.{m}.trainings", method.Trainings, Numbers.Whole(method.Trainings)),
                    HtmlTable.Number($"methods.{m}.generators", method.Generators, Numbers.Whole(method.Generators)),
                ]))}
            <p class="facts">{Facts(result)}.</p>
            {(notes.Count == 0 ? Html.Empty : Html.Of($"<ul>{notes.Select(note => Html.Of($"<li>{note}</li>"))}</ul>"))}
            """);
    }

    private static string Facts(ComparisonResult result) =>
        $"mass {result.Mass}; features {string.Join(", ", result.Features)}; classifiers of templates: {Classifiers(result)}";

    private static string Classifiers(ComparisonResult result) => result.Trainings == 0
        ? "not asked for"
        : $"{result.Trainings} trainings of {result.Members} boosted trees in 5 folds (AUC), and of a network of 64-32 (log posteriors)";

    private static Html Distances(ComparisonResult result, ComparedWindowResult window, int w) => Html.Of(
        $"<p>Kolmogorov-Smirnov distance of each feature; background against background says what chance gives.</p>"
        + $"{HtmlTable.Of(
            ["first", "second", .. result.Features],
            window.Distances.Select((distance, d) => (IEnumerable<Html>)
            [
                HtmlTable.Text(distance.First),
                HtmlTable.Text(distance.Second),
                .. result.Features.Select((_, f) =>
                {
                    var value = distance.Features.Count > f ? distance.Features[f].Value : (double?)null;
                    return HtmlTable.Number($"windows.{w}.distances.{d}.features.{f}.value", value, Fixed(value, 4), distance.Reason);
                }),
            ]))}");

    private static Html Separations(ComparedWindowResult window, int w) => window.Separations.Count == 0 ? Html.Empty : Html.Of(
        $"<p>AUC of a classifier of true background against the template: 0.5 where they cannot be told apart.</p>"
        + $"{HtmlTable.Of(
            ["method", "AUC", "spread"],
            window.Separations.Select((entry, e) => (IEnumerable<Html>)
            [
                HtmlTable.Text(entry.Method), .. Mean($"windows.{w}.separations.{e}.auc", entry.Auc, 4),
            ]))}");

    private static Html Posteriors(ComparedWindowResult window, int w)
    {
        var posterior = window.LogPosterior;
        if (posterior.Values.Count == 0)
        {
            return Html.Empty;
        }

        string[] samples = [.. posterior.Values.Select(value => value.Sample).Distinct()];
        return Html.Of(
            $"<p>Mean ln p(class | event) over held-out events of each sample; {Fixed(posterior.Chance, 4)} where all classes are alike. "
            + $"{posterior.EventsPerClass} events of each class.</p>"
            + $"{HtmlTable.Of(
                ["class", .. samples.Select(sample => "events of " + sample)],
                posterior.Values.Index().GroupBy(value => value.Item.Class).Select(row => (IEnumerable<Html>)
                [
                    HtmlTable.Text(row.Key),
                    .. row.Select(value => HtmlTable.Number(
                        $"windows.{w}.log_posterior.values.{value.Index}.value.mean",
                        value.Item.Value.Mean,
                        $"{Fixed(value.Item.Value.Mean, 4)}{Spread(value.Item.Value, 4)}",
                        value.Item.Value.Reason)),
                ]))}");
    }

    private static Html Correlations(ComparedWindowResult window, int w) => window.Correlations.Count == 0 ? Html.Empty : HtmlTable.Of(
        [
            "first", "second", "events", "correlation of mean scores", "of single trainings", "spread",
            "of trainings of one generator", "spread", "of generators", "spread",
        ],
        window.Correlations.Select((entry, e) => (IEnumerable<Html>)
        [
            HtmlTable.Text(entry.First),
            HtmlTable.Text(entry.Second == entry.First ? "itself, other trainings" : entry.Second),
            HtmlTable.Text(entry.Class),
            HtmlTable.Number($"windows.{w}.correlations.{e}.of_means", entry.OfMeans, Fixed(entry.OfMeans, 3), entry.Reason),
            .. Mean($"windows.{w}.correlations.{e}.of_trainings", entry.OfTrainings, 3),
            .. Mean($"windows.{w}.correlations.{e}.of_one_generator", entry.OfOneGenerator ?? BetweenMethods, 3),
            .. Mean($"windows.{w}.correlations.{e}.of_generators", entry.OfGenerators ?? BetweenMethods, 3),
        ]));

    private static Html Performance(ComparedWindowResult window, int w) => HtmlTable.Of(
        [
            "method", "AUC", "spread", "max SIC", "spread", "at a rejection of", "spread", "SIC at 1000", "spread", "σ_min", "spread",
            "regret", "ARGOS", "spread", "at ε_BT", "spread",
        ],
        window.Performance.Select((entry, e) => (IEnumerable<Html>)
        [
            HtmlTable.Text(entry.Method),
            .. Mean($"windows.{w}.performance.{e}.auc", entry.Auc, 3),
            .. Mean($"windows.{w}.performance.{e}.maximum_sic", entry.MaximumSic, 2),
            .. Mean($"windows.{w}.performance.{e}.maximum_sic_rejection", entry.MaximumSicRejection, 0),
            .. Mean($"windows.{w}.performance.{e}.sic_at_thousand", entry.SicAtThousand, 2),
            .. Mean($"windows.{w}.performance.{e}.sigma_min", entry.SigmaMin, 2),
            HtmlTable.Number($"windows.{w}.performance.{e}.regret", entry.Regret, Fixed(entry.Regret, 2), entry.SigmaMin.Reason),
            .. Mean($"windows.{w}.performance.{e}.argos", entry.Argos, 3),
            .. Mean($"windows.{w}.performance.{e}.argos_efficiency", entry.ArgosEfficiency, 4),
        ]));

    private static IEnumerable<Html> Mean(string key, RunValues values, int decimals)
    {
        yield return HtmlTable.Number(key + ".mean", values.Mean, Fixed(values.Mean, decimals), values.Reason);
        yield return HtmlTable.Number(
            key + ".std", values.Std, Fixed(values.Std, decimals), values.Reason ?? "one training has no standard deviation");
    }

    private static RunValues BetweenMethods { get; } = new(null, null, [], "between two methods");

    private static string Spread(RunValues values, int decimals) => values.Std is { } std ? $" ± {Fixed(std, decimals)}" : "";

    private static string Fixed(double? value, int decimals) =>
        value?.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) ?? "";
}
