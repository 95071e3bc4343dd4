using Sideband.Reporting.Charts;

namespace Sideband.Reporting.Figures;

/// <summary>A histogram of data over one of the template that is scaled to what is expected, with their ratio below.</summary>
internal sealed record ComparisonFigure
{
    private const double Floor = 0.3;

    private static readonly Mark Bar = new(MarkShape.Rule) { X = Place.Of("center"), Colour = ChartColours.Data };
    private static readonly Mark Points = new(MarkShape.Point) { X = Place.Of("center"), Colour = ChartColours.Data };

    public required string Kind { get; init; }

    public required int Window { get; init; }

    public required string Title { get; init; }

    public required string Caption { get; init; }

    public required string AxisTitle { get; init; }

    public required string DataName { get; init; }

    public required string TemplateName { get; init; }

    /// <summary>Bin edges.</summary>
    public required double?[] Edges { get; init; }

    /// <summary>Events a bin; null where they are not known.</summary>
    public required double?[] Data { get; init; }

    /// <summary>Sum of weights a bin; null where it is not known.</summary>
    public required double?[] Template { get; init; }

    /// <summary>Sum of squared weights a bin.</summary>
    public required double?[] TemplateSquares { get; init; }

    /// <summary>What the template is scaled to, events; null scales it to the data, NaN is not known and leaves no template.</summary>
    public double? Expected { get; init; }

    /// <summary>Dashed lines across, each with its name.</summary>
    public IEnumerable<(double? Place, string Name)> Cuts { get; init; } = [];

    /// <summary>Null where neither the data nor the template has an event: nothing was cut, because nothing was scored.</summary>
    public Figure? Draw(SharedAxes axes)
    {
        if (!Enumerable.Range(0, Data.Length).Any(bin => Data[bin] > 0 || Template[bin] > 0))
        {
            return null;
        }

        var (first, last) = Populated();
        var sum = Template.Sum() ?? 0;
        var factor = sum > 0 ? (Expected ?? Data.Sum() ?? 0) / sum : double.NaN;
        var table = new FigureTable(
            "low", "high", "center", "data", "data_low", "data_high", "template",
            "template_error", "ratio", "ratio_low", "ratio_high", "band_low", "band_high");
        for (var bin = first; bin <= last; bin++)
        {
            var (low, high, data, template) = (Edges[bin] ?? 0, Edges[bin + 1] ?? 0, Data[bin], factor * Template[bin]);
            var (error, templateError) = (Root(data), factor * Root(TemplateSquares[bin]));
            var (ratio, relative) = template > 0 ? (data / template, templateError / template) : ((double?)null, (double?)null);
            double?[] ends =
            [
                low, high, 0.5 * (low + high), data, AtLeastFloor(data - error), data + error, template, templateError,
                data > 0 ? ratio : null, ratio * (1 - (error / data)), ratio * (1 + (error / data)), 1 - relative, 1 + relative,
            ];
            table.Add([.. ends.Select(value => (object?)FigureTable.Derived(value))]);
        }

        var figure = FormattableString.Invariant($"{Kind}.{Window}");
        var x = axes.Linear(figure + ".x", AxisTitle, Edges[first] ?? 0, Edges[last + 1] ?? 1, 7);
        var y = axes.Logarithmic(figure + ".y", "events per bin", table.Numbers("data").Concat(table.Numbers("template")), Floor);
        var (ratioLow, ratioHigh) = RatioLimits(table);
        var divided = axes.Linear(figure + ".ratio", "data / template", ratioLow, ratioHigh, 4);
        var beyond = new Beyond("ratio", divided);
        var chart = new Chart(Events(x, y), Ratio(x, divided, beyond));
        return new Figure(Kind, Window, Title, Caption + beyond.Caption(table, "ratios"), chart, table);
    }

    private static double? Root(double? value) => value is { } number ? Math.Sqrt(number) : null;

    private static double? AtLeastFloor(double? value) => value is { } number ? Math.Max(number, Floor) : null;

    // The bins from the first to the last that hold anything.
    private (int First, int Last) Populated()
    {
        var filled = Enumerable.Range(0, Data.Length).Where(bin => Data[bin] > 0 || Template[bin] > 0).ToArray();
        return (filled[0], filled[^1]);
    }

    private Panel Events(Axis x, Axis y) => new(
        220,
        x.WithoutLabels(),
        y,
        [
            new Mark(MarkShape.Rect)
            {
                X = Place.Of("low"),
                X2 = Place.Of("high"),
                Y = Place.Of("template"),
                Y2 = Place.At(y.Low),
                Where = [Condition.IsPositive("template")],
                Colour = ChartColours.Template,
                Legend = TemplateName,
                Opacity = 0.6,
            },
            Bar with { Y = Place.Of("data_low"), Y2 = Place.Of("data_high"), Where = [Condition.IsPositive("data")] },
            Points with
            {
                Y = Place.Of("data"),
                Where = [Condition.IsPositive("data")],
                Legend = DataName,
                Tooltip = [("low", ".4~f"), ("high", ".4~f"), ("data", ",.1f"), ("template", ",.1f")],
            },
            .. Marks.Across(Cuts.Select(cut => cut.Place)),
            .. Marks.Names(Cuts),
        ]);

    private Panel Ratio(Axis x, Axis ratio, Beyond beyond) => new(
        100,
        x,
        ratio,
        [
            new Mark(MarkShape.Rect)
            {
                X = Place.Of("low"),
                X2 = Place.Of("high"),
                Y = Place.Of("band_high"),
                Y2 = Place.Of("band_low"),
                Colour = ChartColours.Template,
                Opacity = 0.6,
            },
            new Mark(MarkShape.Rule) { Y = Place.At(1), Colour = ChartColours.Soft },
            Bar with { Y = Place.Of("ratio_low"), Y2 = Place.Of("ratio_high") },
            Points with { Y = Place.Of("ratio") },
            .. beyond.Arrows("center", ChartColours.Data),
            .. Marks.Across(Cuts.Select(cut => cut.Place)),
        ]);

    // Wide enough for every bin whose ratio is known to 25 %; bins of few events may leave the panel.
    private static (double Low, double High) RatioLimits(FigureTable table)
    {
        var rows = table.Rows.Select(row => (Ratio: row[8] as double?, Error: (row[10] as double?) - (row[8] as double?)))
            .Where(row => row.Ratio is not null && row.Error < 0.25 * row.Ratio).ToArray();
        var reach = rows.Select(row => Math.Abs(row.Ratio!.Value - 1) + row.Error!.Value).DefaultIfEmpty(0.5).Max();
        return (Math.Max(0, 1 - Math.Max(0.05, 1.15 * reach)), 1 + Math.Max(0.05, Math.Min(1.15 * reach, 49)));
    }
}
