using System.Globalization;
using Sideband.Reporting.Compare;
using Sideband.Search.Results;
using Spectre.Console;

namespace Sideband.Reporting.Terminal;

/// <summary>Methods side by side, a table a window.</summary>
public static class ComparisonTable
{
    private const string Background = "background";

    public static void Write(IAnsiConsole console, ComparisonResult result)
    {
        foreach (var window in result.Windows)
        {
            console.WriteLine($"window {window.Number}, {result.Mass} {Numbers.Mass(window.Low)} - {Numbers.Mass(window.High)}: "
                + $"{Numbers.Whole(window.Events)} events; scores of {Scored(window.Scored)}");
            console.Write(Fitting.Widest(console, () => Table(window, true), () => Table(window, false)));
        }

        foreach (var note in ComparisonNotes.Of(result))
        {
            console.WriteLine(note);
        }
    }

    private static string Scored(ScoredEventsResult scored) =>
        (scored.Source == "test" ? "test events" : "the data")
        + (scored.Background is { } background
            ? $" ({Numbers.Whole(background)} background, {Numbers.Whole(scored.Signal ?? 0)} signal)"
            : $" ({Numbers.Whole(scored.Events)}, without labels)");

    private static Table Table(ComparedWindowResult window, bool all)
    {
        var table = new Table { Border = TableBorder.Simple };
        string[] headers =
        [
            "method", "template AUC", "largest KS", "max SIC", "SIC at 1000",
            .. all ? ["sigma_min", "regret", "ARGOS"] : Array.Empty<string>(),
        ];
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(new Text(header)) { Alignment = Justify.Right, NoWrap = true });
        }

        foreach (var entry in window.Performance)
        {
            string[] cells =
            [
                .. Template(window, entry.Method),
                With(entry.MaximumSic, "0.0"),
                With(entry.SicAtThousand, "0.0"),
                .. all ? [With(entry.SigmaMin, "0.00"), Fixed(entry.Regret, "0.00"), With(entry.Argos, "0.000")] : Array.Empty<string>(),
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        if (window.Truth.Source is not null)
        {
            table.AddRow([.. Template(window, Background).Concat(headers.Skip(3).Select(_ => "")).Select(cell => new Text(cell))]);
        }

        return table;
    }

    private static IEnumerable<string> Template(ComparedWindowResult window, string method)
    {
        yield return method;
        yield return window.Separations.FirstOrDefault(entry => entry.Method == method) is { } separation
            ? With(separation.Auc, "0.0000")
            : Numbers.Undefined;
        yield return window.Distances.FirstOrDefault(distance => distance.First == method && distance.Second == Background)
            is { Features.Count: > 0 } found
            && found.Features.MaxBy(feature => feature.Value) is { } largest
            ? $"{Fixed(largest.Value, "0.0000")} {largest.Name}"
            : Numbers.Undefined;
    }

    private static string With(RunValues values, string format) => values.Std is { } std
        ? $"{Fixed(values.Mean, format)}±{Fixed(std, format)}"
        : Fixed(values.Mean, format);

    private static string Fixed(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? Numbers.Undefined;
}
