using System.Globalization;
using Sideband.Inference.Counting;
using Sideband.Search.Plan;
using Sideband.Search.Units;
using Spectre.Console;

namespace Sideband.Reporting.Terminal;

/// <summary>What a search will do, before it does it: events and expected counts per window, work units, CPU time.</summary>
public static class PlanTable
{
    private const double FewExpected = 5;

    /// <param name="console">Where it is shown.</param>
    /// <param name="plan">All units.</param>
    /// <param name="open">Those that are still to do: the time is theirs.</param>
    public static void Write(IAnsiConsole console, SearchPlan plan, IReadOnlyList<WorkUnit> open)
    {
        var settings = plan.Settings;
        var table = new Table { Border = TableBorder.Simple };
        string[] headers =
        [
            "window", "low", "high", "N_SR", "N_BT",
            .. settings.WorkingPoints.Select(epsilon => $"ε_B N_SR at {Numbers.Efficiency(epsilon)}"),
        ];
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(new Text(header)) { Alignment = Justify.Right });
        }

        foreach (var row in plan.Rows)
        {
            table.AddRow([.. ((string[])
            [
                row.Window.Number.ToString(CultureInfo.InvariantCulture),
                Numbers.Mass(row.Window.SignalRegion.Low),
                Numbers.Mass(row.Window.SignalRegion.High),
                Numbers.Whole(row.Events),
                Numbers.Whole(row.TemplateEvents),
                .. row.Expected.Select(expected => Numbers.Count(expected) + Mark(row, expected)),
            ]).Select(text => new Text(text))]);
        }

        console.Write(table);
        if (plan.Rows.Any(row => row.Expected.Any(expected => expected < FewExpected)))
        {
            console.WriteLine($"! fewer than {FewExpected} events expected: the counts will fluctuate");
        }

        if (plan.Rows.Any(row => row.Expected.Any(expected => HasNoThreshold(row, expected))))
        {
            console.WriteLine(
                "!! fewer than 1 template event expected in a fold: no threshold, so no significance there; "
                + "larger --working-points or wider --windows help");
        }

        var stages = plan.Settings.Method.Stages
            .Where(stage => stage is { ForReportOnly: false, IsIntermediate: false, JudgesTemplate: false })
            .Select(stage => $"{plan.Units.Count(unit => unit.Stage.Name == stage.Name)} {stage.Name} trainings, ");
        var members = settings.Method.Traits.ScoresByClassifier
            ? $" x {settings.Members} members"
                + (settings.FeaturesPerMember is { } drawn ? $" of {drawn} feature{(drawn == 1 ? "" : "s")}" : "")
            : "";
        var before = open.Count == plan.Units.Count ? "" : $", {plan.Units.Count - open.Count} of them finished before";
        console.WriteLine(
            $"{Numbers.Whole(plan.Units.Count)} work units{before}: "
            + $"{string.Concat(stages)}{settings.Runs} run(s) x {settings.Folds} folds{members}; "
            + $"about {Numbers.Time(open.Sum(unit => unit.Cost))} of CPU time on {settings.Threads} thread(s)");
    }

    private static string Mark(PlanRow row, double expected) => HasNoThreshold(row, expected) ? " !!" : expected < FewExpected ? " !" : "";

    // expected is eps_B N_SR; the threshold comes from eps_B N_BT template events, of which a fold has its part where they are given.
    private static bool HasNoThreshold(PlanRow row, double expected) =>
        expected / Math.Max(1, row.Events) * row.TemplateEvents / row.TemplateParts < Threshold.TooFewTemplateEvents;
}
