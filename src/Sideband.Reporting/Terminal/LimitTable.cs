using System.Globalization;
using Sideband.Search.Results;
using Spectre.Console;

namespace Sideband.Reporting.Terminal;

/// <summary>Upper limits with what stands beside them; nothing without injections.</summary>
public static class LimitTable
{
    public static void Write(IAnsiConsole console, ScanResult result)
    {
        if (result.Limits.Count == 0)
        {
            return;
        }

        var crossSections = result.Limits.Any(limit => limit.Rules.Any(rule => rule.Observed.CrossSection is not null));
        console.WriteLine(FormattableString.Invariant(
            $"upper limits at {result.Limits[0].Confidence:0.###}, in signal events before any cut over all masses"));
        string[] headers =
        [
            "window", "ε_B", "limit", "expected", "68 %", "95 %", "S/√B", "fb", "coverage", "3σ at S/√B", "5σ", "uncut 3σ", "5σ", "failed",
        ];
        string[] sensitivity = ["3σ at S/√B", "5σ", "uncut 3σ"], details = [.. sensitivity, "95 %", "S/√B", "fb"];
        Table Without(params string[] left) => Of(
            result, headers, [.. Enumerable.Range(0, headers.Length).Where(i => !left.Contains(headers[i]))]);

        // All on one line, or on a narrow terminal what there is room for; results.json and the report have the rest.
        string[] absent = crossSections ? [] : ["fb"];
        console.Write(Fitting.Widest(
            console, () => Without(absent), () => Without([.. absent, .. sensitivity]), () => Without(details)));
        foreach (var limit in result.Limits)
        {
            // "beyond" stands in the table, and a blind search has no observed limit.
            var none = limit.Rules.Count > 0 && limit.Rules[0].Observed is { Strength: null, Beyond: false, Reason: { } why }
                && limit.Rules[0].Expected.Median is null ? $"no limit: {why}" : null;
            if ((limit.Reason ?? none) is { } words)
            {
                console.WriteLine($"window {limit.Number} at {Numbers.Efficiency(limit.EpsilonB)}: {words}");
            }
        }
    }

    private static Table Of(ScanResult result, string[] headers, int[] shown)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in shown)
        {
            table.AddColumn(new TableColumn(new Text(headers[column])) { Alignment = Justify.Right });
        }

        foreach (var limit in result.Limits.Where(limit => limit.Rules.Count > 0))
        {
            string[] cells = [.. Row(limit)];
            table.AddRow([.. shown.Select(column => new Text(cells[column]))]);
        }

        return table;
    }

    // One cell a header.
    private static IEnumerable<string> Row(LimitResult limit)
    {
        var (cls, expected) = (limit.Rules[0], limit.Rules[0].Expected);
        var (three, five) = (limit.Sensitivity[0], limit.Sensitivity[1]);
        yield return limit.Number.ToString(CultureInfo.InvariantCulture);
        yield return Numbers.Efficiency(limit.EpsilonB);
        yield return cls.Observed.Beyond ? "beyond" : Numbers.Count(cls.Observed.Strength);
        yield return Numbers.Count(expected.Median);
        yield return Range(expected.LowOne, expected.HighOne);
        yield return Range(expected.LowTwo, expected.HighTwo);
        yield return Short(cls.Observed.SignalToRootBackground);
        yield return cls.Observed.CrossSection?.ToString("G3", CultureInfo.InvariantCulture) ?? Numbers.Undefined;
        yield return cls.Coverage.All(coverage => coverage.Fraction is null)
            ? Numbers.Undefined
            : string.Join(" ", cls.Coverage.Select(coverage => Short(coverage.Fraction)));
        yield return Short(three.SignalToRootBackground);
        yield return Short(five.SignalToRootBackground);
        yield return Short(three.BareSignalToRootBackground);
        yield return Short(five.BareSignalToRootBackground);
        yield return Numbers.Whole(limit.Strengths.Sum(strength => strength.Failed));
    }

    private static string Range(double? low, double? high) =>
        low is null && high is null ? Numbers.Undefined : $"{Numbers.Count(low)} - {Numbers.Count(high)}";

    private static string Short(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? Numbers.Undefined;
}
