using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sideband.Reporting.Charts;
using Sideband.Reporting.Charts.Svg;
using Sideband.Reporting.Figures;
using Sideband.Reporting.Runs;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Tests.Charts;

public sealed partial class SvgWriterTests
{
    private const int Width = 400;
    private const double Height = 100;

    // Half of the last digit that is written.
    private const double Pixel = 0.0501;

    private static readonly Mark Points = new(MarkShape.Point) { X = Place.Of("x"), Y = Place.Of("y"), Size = 16 };

    [Fact]
    public void Points_lie_where_their_numbers_are()
    {
        var (x, y) = (Axis.Linear("x", 2, 6), Axis.Logarithmic("y", 1, 1000));
        var svg = Write(new Chart(new Panel(Height, x, y, Points)), (2, 1), (3, 10), (6, 1000), (4.2, 37.5), (5, null), (7, 10));

        // The fifth has no number, the sixth lies beyond the axis.
        var found = Circles(svg);
        found.Length.ShouldBe(4);
        foreach (var ((left, top), (px, py)) in found.Zip([(2.0, 1.0), (3, 10), (6, 1000), (4.2, 37.5)]))
        {
            left.ShouldBe((px - 2) / 4 * Width, Pixel);
            top.ShouldBe(Height - (Math.Log10(py) / 3 * Height), Pixel);
        }
    }

    [Fact]
    public void Every_figure_of_a_run_is_the_same_in_every_culture_and_is_XML()
    {
        var run = new ReportedRun("first", "runs/first", ScanResults.Typical(), new Dictionary<int, WindowArrays>());
        run = run.WithUnits(new Dictionary<string, string> { [run.Result.Mass] = "<TeV> & \"x\" \u0001" });
        var figures = FigureSet.Of([run])[0];
        figures.Count.ShouldBeGreaterThan(1);
        var (culture, other) = (CultureInfo.CurrentCulture, (CultureInfo)CultureInfo.InvariantCulture.Clone());
        (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NegativeSign) = (",", "~");
        foreach (var figure in figures)
        {
            var first = SvgWriter.Write(figure, Width);
            XDocument.Parse(first).Root!.Descendants().ShouldContain(element => element.Value.Contains("<TeV> & \"x\" "));
            try
            {
                CultureInfo.CurrentCulture = other;
                SvgWriter.Write(figure, Width).ShouldBe(first);
            }
            finally
            {
                CultureInfo.CurrentCulture = culture;
            }
        }
    }

    [Fact]
    public void The_significances_of_the_picture_are_those_of_the_table()
    {
        var run = new ReportedRun("first", "runs/first", ScanResults.Typical(), new Dictionary<int, WindowArrays>());
        var figure = FigureSet.Of([run])[0].Single(figure => figure.Kind == "significance");
        var (panel, svg) = (figure.Chart.Panels[0], SvgWriter.Write(figure, Width));
        double[] shown =
        [
            .. figure.Data.Rows.Where(row => row[5] as string == panel.Series!.Names[0]).Select(row => row[6]).OfType<double>(),
        ];
        shown.ShouldNotBeEmpty();

        // The first series' symbols are circles; a pixel is (High - Low)/Height.
        var places = Circles(svg).Select(circle => panel.Y.High - (circle.Y / panel.Height * (panel.Y.High - panel.Y.Low)));
        foreach (var significance in shown)
        {
            places.ShouldContain(place => Math.Abs(place - significance) < Pixel * (panel.Y.High - panel.Y.Low) / panel.Height);
        }
    }

    [Fact]
    public void Boxes_that_touch_are_one_outline()
    {
        var box = new Mark(MarkShape.Rect) { X = Place.Of("x"), X2 = Place.Of("x2"), Y = Place.Of("y"), Y2 = Place.At(0), Colour = "#abc" };
        var table = new FigureTable("x", "x2", "y");
        table.Add(0.0, 1.0, 5.0);
        table.Add(1.0, 2.0, 10.0);
        table.Add(3.0, 4.0, 20.0);
        var chart = new Chart(new Panel(Height, Axis.Linear("", 0, 4), Axis.Linear("", 0, 10), box));

        // The third stands apart, and ends at the panel's edge.
        PathOf(SvgWriter.Write(new Figure("k", null, "t", "c", chart, table), Width), "fill=\"#abc\"")
            .ShouldBe("M0 100 0 50 100 50 100 0 200 0 200 100ZM300 100 300 0 400 0 400 100Z");
    }

    [Fact]
    public void A_line_is_cut_where_it_leaves_the_panel_and_goes_from_left_to_right()
    {
        var line = new Mark(MarkShape.Line) { X = Place.Of("x"), Y = Place.Of("y"), Colour = "#abc" };
        var chart = new Chart(new Panel(Height, Axis.Linear("", 0, 4), Axis.Linear("", 0, 10), line));

        // Up through the upper edge, down through both, and back in; the rows are not in order.
        PathOf(Write(chart, (1, 15), (0, 5), (2, -5), (3, 5)), "stroke=\"#abc\"")
            .ShouldBe("M0 50 50 0M125 0 175 100M250 100 300 50");
    }

    [Fact]
    public void Facets_have_a_panel_a_value_each_with_its_own_rows()
    {
        var table = new FigureTable("x", "y", "of");
        table.Add(1.0, 1.0, "one");
        table.Add(2.0, 1.0, "other");
        table.Add(3.0, 1.0, "other");
        var chart = new Chart(new Panel(Height, Axis.Linear("mass", 0, 4), Axis.Linear("y", 0, 2), Points))
        {
            Facet = new Facet("of", ["one", "other"]),
        };
        var panels = XDocument.Parse(SvgWriter.Write(new Figure("k", null, "t", "c", chart, table), Width)).Root!.Elements()
            .Where(element => element.Name.LocalName == "g")
            .Select(element => element.ToString())
            .ToArray();
        panels.Select(panel => Circles(panel).Length).ShouldBe([1, 2]);
        panels.Select(panel => panel.Contains(">mass<", StringComparison.Ordinal)).ShouldBe([false, true]);
    }

    [Theory]
    [InlineData("ε_B = 10⁻³", "ε<tspan dy=\"3\" font-size=\"9\">B</tspan><tspan dy=\"-3\"> = 10⁻³</tspan>")]
    [InlineData("m_jj", "m<tspan dy=\"3\" font-size=\"9\">jj</tspan>")]
    [InlineData("pt_B m_ll <b>", "pt_B m_ll &lt;b&gt;")]
    public void Symbols_of_the_field_have_subscripts_and_names_of_columns_stay(string text, string markup) =>
        SvgText.Typeset(text, 12).ShouldBe(markup);

    private static string Write(Chart chart, params (double? X, double? Y)[] rows)
    {
        var table = new FigureTable("x", "y");
        foreach (var (x, y) in rows)
        {
            table.Add(x, y);
        }

        return SvgWriter.Write(new Figure("k", null, "t", "c", chart, table), Width);
    }

    private static string PathOf(string svg, string attribute) =>
        Paths().Matches(svg).Single(match => match.Value.Contains(attribute, StringComparison.Ordinal)).Groups[1].Value;

    // A circle begins at its left end and goes around by its radius.
    private static (double X, double Y)[] Circles(string svg) =>
    [
        .. Circle().Matches(svg).Select(match => (Number(match, 1) + Number(match, 3), Number(match, 2))),
    ];

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("<path[^>]* d=\"([^\"]*)\"")]
    private static partial Regex Paths();

    [GeneratedRegex("M([-0-9.]+) ([-0-9.]+)a([0-9.]+) ")]
    private static partial Regex Circle();
}
