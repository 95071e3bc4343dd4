using System.Globalization;
using Sideband.Reporting.Figures;
using Sideband.Search.Results;

namespace Sideband.Reporting.Compare;

/// <summary>The numbers of a comparison as tables of all windows, for CSV files.</summary>
public static class ComparisonTables
{
    private const string Window = "window";

    /// <summary>Name and table, in the order of the page.</summary>
    public static IReadOnlyList<(string Name, FigureTable Table)> Of(ComparisonResult result) =>
    [
        ("ks", Distances(result)),
        ("template_auc", Separations(result)),
        ("log_posterior", Posteriors(result)),
        ("correlation", Correlations(result)),
        ("performance", Performance(result)),
    ];

    private static FigureTable Distances(ComparisonResult result)
    {
        var table = new FigureTable([Window, "first", "second", .. result.Features, "reason"]);
        foreach (var window in result.Windows)
        {
            foreach (var distance in window.Distances)
            {
                table.Add(
                [
                    window.Number,
                    distance.First,
                    distance.Second,
                    .. result.Features.Select((_, f) => distance.Features.Count > f ? (object?)distance.Features[f].Value : null),
                    distance.Reason,
                ]);
            }
        }

        return table;
    }

    private static FigureTable Separations(ComparisonResult result) => Each(
        result,
        ["method", .. Of("auc")],
        window => window.Separations.Select(entry => (object?[])[entry.Method, .. Values(entry.Auc)]));

    private static FigureTable Posteriors(ComparisonResult result) => Each(
        result,
        ["class", "sample", .. Of("log_posterior")],
        window => window.LogPosterior.Values.Select(entry => (object?[])[entry.Class, entry.Sample, .. Values(entry.Value)]));

    private static FigureTable Correlations(ComparisonResult result) => Each(
        result,
        ["first", "second", "class", "of_means", .. Of("of_trainings"), .. Of("of_one_generator"), .. Of("of_generators")],
        window => window.Correlations.Select(
            entry => (object?[])
            [
                entry.First, entry.Second, entry.Class, entry.OfMeans, .. Values(entry.OfTrainings),
                .. Values(entry.OfOneGenerator ?? BetweenMethods), .. Values(entry.OfGenerators ?? BetweenMethods),
            ]));

    private static FigureTable Performance(ComparisonResult result) => Each(
        result,
        [
            "method", .. Of("auc"), .. Of("maximum_sic"), .. Of("maximum_sic_rejection"), .. Of("sic_at_thousand"), .. Of("sigma_min"),
            "regret", .. Of("argos"), .. Of("argos_efficiency"),
        ],
        window => window.Performance.Select(entry => (object?[])
        [
            entry.Method, .. Values(entry.Auc), .. Values(entry.MaximumSic), .. Values(entry.MaximumSicRejection),
            .. Values(entry.SicAtThousand), .. Values(entry.SigmaMin), entry.Regret,
            .. Values(entry.Argos), .. Values(entry.ArgosEfficiency),
        ]));

    private static FigureTable Each(
        ComparisonResult result, string[] columns, Func<ComparedWindowResult, IEnumerable<object?[]>> rows)
    {
        var table = new FigureTable([Window, .. columns]);
        foreach (var window in result.Windows)
        {
            foreach (var row in rows(window))
            {
                table.Add([window.Number, .. row]);
            }
        }

        return table;
    }

    // Mean, standard deviation, values of the trainings with a semicolon between, and why there is none.
    private static readonly RunValues BetweenMethods = new(null, null, [], "between two methods");

    private static string[] Of(string name) => [name, name + "_std", name + "_trainings", name + "_reason"];

    private static object?[] Values(RunValues values) =>
    [
        values.Mean,
        values.Std,
        string.Join(';', values.Runs.Select(value => value?.ToString("R", CultureInfo.InvariantCulture) ?? "")),
        values.Reason,
    ];
}
