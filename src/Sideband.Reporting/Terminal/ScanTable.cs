using System.Globalization;
using Sideband.Events;
using Sideband.Reporting.Wording;
using Sideband.Search.Results;
using Spectre.Console;

namespace Sideband.Reporting.Terminal;

/// <summary>The result of a search at a glance: windows down, working points across, the largest excess marked.</summary>
public static class ScanTable
{
    public static void Write(IAnsiConsole console, ScanResult result)
    {
        console.WriteLine();
        console.WriteLine(Title(result));
        WriteWindows(console, result);
        foreach (var line in Footer(result))
        {
            console.WriteLine(line);
        }
    }

    private static string Title(ScanResult result) =>
        $"{result.Method} on {Shown(InputName.OfData(result))}, mass {Shown(result.Mass)}, "
        + $"features {Shown(string.Join(", ", result.Features))}, profile {result.Profile}"
        + (result.Blind ? ", blind" : "");

    private static string Shown(string? text) => ShownText.Of(text ?? "");

    // All working points beside each other, or on a narrow terminal below each other, and on a very narrow one without N_SR and N_BT.
    private static void WriteWindows(IAnsiConsole console, ScanResult result)
    {
        int[] all = [.. Enumerable.Range(0, result.Windows[0].WorkingPoints.Count)];
        Table Of(int[] points, bool counts) => result.Blind ? BlindTable(result, points, counts) : Table(result, points, counts);

        var together = Of(all, true);
        if (Fitting.Fits(console, together))
        {
            console.Write(together);
            return;
        }

        foreach (var point in all)
        {
            console.Write(Fitting.Widest(console, () => Of([point], true), () => Of([point], false)));
        }
    }

    private static Table Table(ScanResult result, int[] points, bool counts)
    {
        var table = Empty(result, counts);
        foreach (var epsilon in points.Select(e => result.Windows[0].WorkingPoints[e].EpsilonB))
        {
            table.AddColumn(Right($"ε_B = {Numbers.Efficiency(epsilon)}\nN_obs"));
            table.AddColumn(Right("\nN_exp"));
            table.AddColumn(Right("\nS"));
        }

        foreach (var window in result.Windows)
        {
            var cells = WindowCells(window, counts);
            foreach (var e in points)
            {
                var point = window.WorkingPoints[e];
                var largest = result.Validation[e].LargestExcess == window.Number && Verdict.IsExcess(point);
                var significance = Numbers.Significance(point.Significance.Mean, point.Significance.Std)
                    + (Flags.Mattering(point).Count > 0 ? " *" : "");
                cells.Add(new Text(Numbers.Count(point.NObs.Mean)));
                cells.Add(new Text(Numbers.Count(point.NExp.Mean)));
                cells.Add(largest ? new Markup($"[bold yellow]◀ {significance}[/]") : new Text(significance));
            }

            table.AddRow(cells);
        }

        return table;
    }

    private static Table BlindTable(ScanResult result, int[] points, bool counts)
    {
        var table = Empty(result, counts);
        foreach (var epsilon in points.Select(e => result.Windows[0].WorkingPoints[e].EpsilonB))
        {
            table.AddColumn(Right($"ε_B = {Numbers.Efficiency(epsilon)}\nN_exp"));
            table.AddColumn(Right("N_obs for\n3σ"));
            table.AddColumn(Right("\n5σ"));
        }

        foreach (var window in result.Windows)
        {
            var cells = WindowCells(window, counts);
            foreach (var point in points.Select(e => window.WorkingPoints[e]))
            {
                cells.Add(new Text(Numbers.Count(point.NExp.Mean)));
                cells.Add(new Text(Numbers.Count(point.RequiredNObs?.ThreeSigma)));
                cells.Add(new Text(Numbers.Count(point.RequiredNObs?.FiveSigma)));
            }

            table.AddRow(cells);
        }

        return table;
    }

    private static Table Empty(ScanResult result, bool counts)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(Right("\nwindow"));
        table.AddColumn(new TableColumn(new Text($"{result.Mass}\n[low, high)")) { NoWrap = true });
        if (counts)
        {
            table.AddColumn(Right("\nN_SR"));
            table.AddColumn(Right("\nN_BT"));
        }

        return table;
    }

    private static List<Spectre.Console.Rendering.IRenderable> WindowCells(WindowResult window, bool counts) =>
    [
        new Text(window.Number.ToString(CultureInfo.InvariantCulture)),
        new Text($"{Numbers.Mass(window.Low)} - {Numbers.Mass(window.High)}"),
        .. counts ? [new Text(Numbers.Whole(window.Events)), new Text(Numbers.Whole(window.TemplateEvents))] : Array.Empty<Text>(),
    ];

    private static TableColumn Right(string header) => new(new Text(header)) { Alignment = Justify.Right, NoWrap = true };

    private static IEnumerable<string> Footer(ScanResult result)
    {
        yield return result.HasStatisticalErrorsOnly
            ? "statistical errors only: no delta_sys, every S overstates what is known"
            : $"delta_sys ({result.DeltaSysEstimate}; sigma_sys by {result.SigmaSysRule}): "
                + string.Join(", ", result.Windows[0].WorkingPoints.Select(point =>
                $"{Numbers.Relative(point.DeltaSys)} ± "
                + (point.SigmaSys?.ToString("0.000", CultureInfo.InvariantCulture) ?? Numbers.Undefined)
                + $" at {Numbers.Efficiency(point.EpsilonB)}"));
        foreach (var estimate in result.DeltaSys.GroupBy(shift => shift.Estimate).Where(group => group.Key != result.DeltaSysEstimate))
        {
            yield return $"delta_sys ({estimate.Key}, for comparison): "
                + string.Join(", ", estimate.Select(shift => $"{Numbers.Relative(shift.Mean)} at {Numbers.Efficiency(shift.EpsilonB)}"));
        }

        foreach (var (verdict, e) in result.Validation.Select((verdict, e) => (verdict, e)))
        {
            yield return Verdict.At(result, verdict, e, $"ε_B = {Numbers.Efficiency(verdict.EpsilonB)}");
        }

        foreach (var line in Verdict.Contradicted(result))
        {
            yield return line;
        }

        foreach (var footnote in Flags.Footnotes(result, Numbers.Efficiency))
        {
            yield return $"* {footnote}";
        }

        int[] none = [.. result.Windows.Where(window => window.ClaimWithheld is not null).Select(window => window.Number)];
        if (none.Length > 0)
        {
            yield return $"no excess is claimed in window {string.Join(", ", none)}, against which the tables speak: see the warnings";
        }

        if (!result.Blind || result.Calibrations.Count > 0)
        {
            yield return PValues.Summary(result, epsilon => $"ε_B = {Numbers.Efficiency(epsilon)}");
        }

        if (result.Failures.Count > 0)
        {
            yield return $"{result.Failures.Count} failure(s), the first: {result.Failures[0].WorkUnit}: {result.Failures[0].Reason}";
        }
    }
}
