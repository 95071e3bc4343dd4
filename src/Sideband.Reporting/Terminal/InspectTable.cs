using System.Globalization;
using Sideband.Events;
using Spectre.Console;

namespace Sideband.Reporting.Terminal;

/// <summary>What is in a file, for <c>sideband inspect</c>.</summary>
public static class InspectTable
{
    private const int SpectrumLines = 20;
    private const int BarWidth = 50;

    public static void Write(IAnsiConsole console, FileSummary summary)
    {
        console.WriteLine($"{ShownText.Of(summary.FileName)}: {summary.Format}, {Numbers.Whole(summary.RowCount)} rows");
        if (summary.Signal is { } signal)
        {
            var (background, unknown) = (summary.Background ?? 0, summary.Unknown ?? 0);
            var other = summary.RowCount - background - signal - unknown;
            console.WriteLine($"labels: {Numbers.Whole(background)} background (0), {Numbers.Whole(signal)} signal (1)"
                + (unknown > 0 ? $", {Numbers.Whole(unknown)} unknown (-1)" : "")
                + (other > 0 ? $", {Numbers.Whole(other)} of another value, which is not allowed" : ""));
        }

        if (summary.FeatureSets.Count > 0)
        {
            console.WriteLine($"feature sets that it serves: {string.Join(", ", summary.FeatureSets)}");
        }

        string correlation = summary.Spectrum is { } mass ? $"corr. with {mass.Mass}" : "correlation";
        (string Header, Func<ColumnSummary, string> Cell)[] all =
        [
            ("column", column => ShownText.Of(column.Name)),
            ("type", column => column.Type),
            ("minimum", column => Value(column.Minimum)),
            ("mean", column => Value(column.Mean)),
            ("maximum", column => Value(column.Maximum)),
            ("NaN", column => Numbers.Whole(column.NaNCount)),
            ("infinite", column => Numbers.Whole(column.InfiniteCount)),
            (correlation, column => column.MassCorrelation is { } known ? Numbers.Signed(known, "0.00") : Numbers.Undefined),
        ];
        ColumnSummary[] rows = [.. summary.Columns, .. summary.Derived];
        var table = Fitting.Widest(
            console,
            () => Columns(rows, all),
            () => Columns(rows, [.. all.Where(column => column.Header is not "type" and not "infinite")]),
            () => Columns(
                rows, [.. all.Where(column => column.Header is "column" or "minimum" or "maximum" || column.Header == correlation)]));
        console.Write(table);
        foreach (var column in rows.Where(column => column.Remark is not null && column.Name != ColumnRequest.Label))
        {
            console.WriteLine($"{ShownText.Of(column.Name)}: {column.Remark}");
        }

        if (summary.Apart.Count > 0)
        {
            var apart = string.Join("; ", summary.Apart.Select(other => $"{other.Name} ({other.Type})"));
            console.WriteLine($"beside the table: {ShownText.Of(apart)}");
        }

        if (summary.Spectrum is { } spectrum)
        {
            WriteSpectrum(console, spectrum);
        }
        else
        {
            console.WriteLine("--mass COLUMN shows its spectrum and each feature's correlation with it");
        }
    }

    private static Table Columns(ColumnSummary[] rows, (string Header, Func<ColumnSummary, string> Cell)[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var (header, _) in columns)
        {
            table.AddColumn(new TableColumn(new Text(header))
            {
                Alignment = header is "column" or "type" ? Justify.Left : Justify.Right,
                NoWrap = true,
            });
        }

        foreach (var row in rows)
        {
            table.AddRow([.. columns.Select(column => new Text(column.Cell(row)))]);
        }

        return table;
    }

    private static void WriteSpectrum(IAnsiConsole console, MassHistogram spectrum)
    {
        var group = Math.Max(1, (spectrum.Counts.Count + SpectrumLines - 1) / SpectrumLines);
        var width = (spectrum.High / spectrum.Counts.Count) - (spectrum.Low / spectrum.Counts.Count);
        var lines = spectrum.Counts.Chunk(group).Select(chunk => chunk.Sum()).ToArray();
        var room = Math.Clamp(console.Profile.Width - 25, 5, BarWidth);
        console.WriteLine($"{spectrum.Mass} spectrum");
        for (var i = 0; i < lines.Length; i++)
        {
            var low = spectrum.Low + (i * group * width);
            var bar = new string('█', (int)Math.Round((double)room * lines[i] / Math.Max(1, lines.Max())));
            console.WriteLine($"{Value(low),10} {Numbers.Whole(lines[i]),12} {bar}");
        }
    }

    private static string Value(double? value) => value?.ToString("G5", CultureInfo.InvariantCulture) ?? Numbers.Undefined;
}
