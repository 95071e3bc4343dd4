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
        console.WriteLine($"{summary.FileName}: {summary.Format}, {Numbers.Whole(summary.RowCount)} rows");
        if (summary.Signal is { } signal)
        {
            console.WriteLine($"labels: {Numbers.Whole(summary.Background ?? 0)} background (0), {Numbers.Whole(signal)} signal (1)");
        }

        if (summary.FeatureSets.Count > 0)
        {
            console.WriteLine($"feature sets that it serves: {string.Join(", ", summary.FeatureSets)}");
        }

        var table = new Table { Border = TableBorder.Simple };
        string[] headers = ["column", "type", "minimum", "mean", "maximum", "NaN", "infinite", summary.Spectrum is { } mass ? $"corr. with {mass.Mass}" : "correlation"];
        for (var i = 0; i < headers.Length; i++)
        {
            table.AddColumn(new TableColumn(new Text(headers[i])) { Alignment = i < 2 ? Justify.Left : Justify.Right });
        }

        foreach (var column in summary.Columns.Concat(summary.Derived))
        {
            table.AddRow(
                new Text(column.Name),
                new Text(column.Type),
                new Text(Value(column.Minimum)),
                new Text(Value(column.Mean)),
                new Text(Value(column.Maximum)),
                new Text(Numbers.Whole(column.NaNCount)),
                new Text(Numbers.Whole(column.InfiniteCount)),
                new Text(column.MassCorrelation is { } correlation ? Numbers.Signed(correlation, "0.00") : Numbers.Undefined));
        }

        console.Write(table);
        if (summary.Spectrum is { } spectrum)
        {
            WriteSpectrum(console, spectrum);
        }
    }

    private static void WriteSpectrum(IAnsiConsole console, MassHistogram spectrum)
    {
        var group = Math.Max(1, (spectrum.Counts.Count + SpectrumLines - 1) / SpectrumLines);
        var width = (spectrum.High - spectrum.Low) / spectrum.Counts.Count;
        var lines = spectrum.Counts.Chunk(group).Select(chunk => chunk.Sum()).ToArray();
        console.WriteLine($"{spectrum.Mass} spectrum");
        for (var i = 0; i < lines.Length; i++)
        {
            var low = spectrum.Low + (i * group * width);
            var bar = new string('█', (int)Math.Round((double)BarWidth * lines[i] / Math.Max(1, lines.Max())));
            console.WriteLine($"{Value(low),10} {Numbers.Whole(lines[i]),12} {bar}");
        }
    }

    private static string Value(double? value) => value?.ToString("G5", CultureInfo.InvariantCulture) ?? Numbers.Undefined;
}
