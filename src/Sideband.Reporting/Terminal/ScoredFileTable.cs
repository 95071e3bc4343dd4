using System.Globalization;
using Sideband.Search.Scores;
using Spectre.Console;

namespace Sideband.Reporting.Terminal;

/// <summary>Efficiencies of other events on a search's classifiers.</summary>
public static class ScoredFileTable
{
    public static void Write(IAnsiConsole console, ScoredFile file)
    {
        console.WriteLine($"{file.File}: {Numbers.Whole(file.Events)} events");
        var table = new Table { Border = TableBorder.Simple };
        var points = file.Windows[0].All;
        string[] headers =
        [
            "window", "low", "high", "class", "events",
            .. points.Select(point => $"efficiency at {Numbers.Efficiency(point.EpsilonB)}"),
        ];
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(new Text(header)) { Alignment = Justify.Right });
        }

        foreach (var window in file.Windows)
        {
            foreach (var (name, efficiencies) in Classes(window))
            {
                table.AddRow([.. ((string[])
                [
                    window.Number.ToString(CultureInfo.InvariantCulture),
                    Numbers.Mass(window.Low),
                    Numbers.Mass(window.High),
                    name,
                    Numbers.Whole(efficiencies[0].Events),
                    .. efficiencies.Select(Text),
                ]).Select(text => new Text(text))]);
            }
        }

        console.Write(table);
        if (file.Note is { } note)
        {
            console.WriteLine(note);
        }

        foreach (var window in file.Windows)
        {
            foreach (var point in window.All.Where(point => point.Events > 0 && point.Reason is not null))
            {
                console.WriteLine($"window {window.Number}: no efficiency at {Numbers.Efficiency(point.EpsilonB)}: {point.Reason}");
            }
        }

        if (file.Windows.Sum(window => window.Unscored) is > 0 and var unscored)
        {
            console.WriteLine($"{Numbers.Whole(unscored)} events, counted over windows, have no score and never pass");
        }
    }

    private static IEnumerable<(string Name, IReadOnlyList<ScoredEfficiency> Efficiencies)> Classes(ScoredWindow window) =>
        window.Signal is null || window.Background is null
            ? [("all", window.All)]
            : [("signal", window.Signal), ("background", window.Background)];

    private static string Text(ScoredEfficiency point) => point.Efficiency is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{value:G3} ± {point.Error:G1}")
        : point.Events == 0 ? "no events" : "undefined";
}
