using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sideband.Reporting.Charts;
using Sideband.Reporting.Figures;
using Sideband.Reporting.Runs;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Tests.Figures;

public class FigureTests
{
    private static readonly ReportedRun Run = new("first", "runs/first", ScanResults.Typical(), new Dictionary<int, WindowArrays>());

    [Theory]
    [InlineData(0.1, "ε_B = 10⁻¹")]
    [InlineData(1e-3, "ε_B = 10⁻³")]
    [InlineData(1e-12, "ε_B = 10⁻¹²")]
    [InlineData(0.02, "ε_B = 2×10⁻²")]
    [InlineData(5e-4, "ε_B = 5×10⁻⁴")]
    [InlineData(0.25, "ε_B = 2.5×10⁻¹")]
    public void Working_points(double epsilon, string label) => Labels.WorkingPoint(epsilon).ShouldBe(label);

    [Fact]
    public void Every_row_of_the_significance_is_a_number_of_the_results()
    {
        var figure = FigureSet.Of([Run])[0].Single(figure => figure.Kind == "significance");
        figure.Data.Rows.Count.ShouldBe(4);
        figure.Data.Numbers("significance").ShouldBe([0.1, 6.0, 3.125], 1e-12);
        figure.Data.Rows[3][^2].ShouldBe("few_template_events");
        figure.Data.Rows.Select(row => row[^1]).ShouldBe(["no", "no", "no", "yes"]);
        var standalone = figure.Standalone(480);
        standalone["width"]!.GetValue<int>().ShouldBe(480);
        standalone["datasets"]!["table"]![1]!["significance"].ShouldBeNull();
    }

    [Fact]
    public void Runs_of_one_report_have_one_significance_axis()
    {
        var weaker = Run with { Result = Run.Result with { Windows = [Run.Result.Windows[0]], Validation = Run.Result.Validation } };
        var figures = FigureSet.Of([Run, weaker]);
        var drawn = figures.Select(of => of.Single(figure => figure.Kind == "significance"));
        var domains = drawn
            .Select(figure => (figure.Chart.Panels[0].Y.Low, figure.Chart.Panels[0].Y.High))
            .ToArray();
        domains[1].ShouldBe(domains[0]);
    }

    [Fact]
    public void Runs_of_one_report_have_one_place_and_colour_for_a_working_point()
    {
        static WindowResult Other(WindowResult window) => window with
        {
            WorkingPoints = [window.WorkingPoints[0] with { EpsilonB = 0.05 }, window.WorkingPoints[0] with { EpsilonB = 1e-4 }],
        };
        var other = Run with { Result = Run.Result with { Windows = [.. Run.Result.Windows.Select(Other)] } };
        var figures = FigureSet.Of([Run, other]);
        foreach (var kind in (string[])["significance", "counts"])
        {
            var drawn = figures.Select(of => of.Single(figure => figure.Kind == kind)).ToArray();
            foreach (var axis in (string[])["domain", "range"])
            {
                Values(drawn[1].Specification(), axis).ShouldBe(Values(drawn[0].Specification(), axis));
            }
        }

        // The places beside a window's centre: 0.05, 0.01, 0.0001.
        double[] Places(int run) => [.. figures[run].Single(figure => figure.Kind == "significance").Data.Numbers("x").Take(2)];
        Places(0)[1].ShouldBe(Places(1)[1]);
        Places(0)[0].ShouldBeInRange(Places(1)[0], Places(1)[1]);
        Places(0)[0].ShouldNotBe(Places(1)[0]);
    }

    private static string[] Values(JsonNode? node, string key) => node switch
    {
        JsonObject entries => [.. entries.SelectMany(entry =>
            entry.Key == key ? [entry.Value?.ToJsonString() ?? "null"] : Values(entry.Value, key))],
        JsonArray items => [.. items.SelectMany(item => Values(item, key))],
        _ => [],
    };

    [Fact]
    public void A_point_beyond_its_axis_is_an_arrow()
    {
        var table = new FigureTable("ratio");
        table.Add(2.5);
        var beyond = new Beyond("ratio", Axis.Linear("", 0.5, 2));
        beyond.Arrows("x").Select(arrow => arrow.Where.Single()).ShouldBe([Condition.IsAbove("ratio", 2), Condition.IsBelow("ratio", 0.5)]);
        beyond.Caption(table, "ratios").ShouldBe(" Arrows: ratios beyond the axis.");
        new Beyond("ratio", Axis.Linear("", 0.5, 3)).Caption(table, "ratios").ShouldBeEmpty();
    }

    [Fact]
    public void Units_are_TeV_for_derived_masses_the_users_or_said_to_be_the_tables()
    {
        var titles = new AxisTitles(new Dictionary<string, string> { ["delta_mj"] = "GeV", ["angle"] = "" });
        titles.Mass(Run.Result).ShouldBe("m_jj [TeV]");
        titles.Feature(Run.Result, "tau21_j1").ShouldBe("τ₂₁, lighter jet");
        titles.Feature(Run.Result, "delta_mj").ShouldBe("delta_mj [GeV]");
        titles.Feature(Run.Result, "angle").ShouldBe("angle");
        titles.EventsPer(Run.Result, 0.1).ShouldBe("events per 0.1 TeV");
        var own = Run.Result with { Mass = "m_ll" };
        titles.Mass(own).ShouldBe("m_ll [the table's unit]");
        titles.EventsPer(own, 5).ShouldBe("events per 5");

        // A column called mjj that reaches thousands is in GeV, whatever it is called.
        titles.Mass(Run.Result with { Windows = [Run.Result.Windows[0] with { Low = 3300, High = 3700 }] })
            .ShouldBe("mjj [the table's unit]");
    }

    [Fact]
    public void Csv_quotes_what_needs_it()
    {
        var table = new FigureTable("a,b", "c");
        table.Add(1.5, "say \"x\"");
        table.Add(null, "plain");
        table.ToCsv().ShouldBe("\"a,b\",c\n1.5,\"say \"\"x\"\"\"\n,plain\n");
        table.ToObjects().ToJsonString().ShouldBe("[{\"a,b\":1.5,\"c\":\"say \\u0022x\\u0022\"},{\"a,b\":null,\"c\":\"plain\"}]");
    }

    [Fact]
    public void A_comparison_scales_the_template_and_divides_by_it()
    {
        var figure = new ComparisonFigure
        {
            Kind = "k",
            Window = 1,
            Title = "t",
            Caption = "c",
            AxisTitle = "x",
            DataName = "data",
            TemplateName = "template",
            Edges = [0, 1, 2, 3, 4],
            Data = [0, 30, 50, 0],
            Template = [0, 20, 20, 0],
            TemplateSquares = [0, 20, 20, 0],
        }.Draw(new SharedAxes([Run]))!;

        // Empty bins at the ends are left out; 40 template events stand for 80 of data.
        figure.Data.Rows.Count.ShouldBe(2);
        figure.Data.Numbers("template").ShouldBe([40, 40]);
        figure.Data.Numbers("template_error").ShouldBe([2 * Math.Sqrt(20), 2 * Math.Sqrt(20)], 1e-5);
        figure.Data.Numbers("ratio").ShouldBe([0.75, 1.25]);
        figure.Data.Numbers("ratio_high").ShouldBe([(30 + Math.Sqrt(30)) / 40, (50 + Math.Sqrt(50)) / 40], 1e-6);
        figure.Data.Numbers("band_low").ShouldBe([1 - (1 / Math.Sqrt(20)), 1 - (1 / Math.Sqrt(20))], 1e-6);
        figure.Specification().ToJsonString().ShouldContain("data / template");

        // In a browser null is below 0.5: an arrow needs a ratio.
        Regex.Unescape(figure.Specification().ToJsonString()).ShouldContain("isValid(datum.ratio) && datum.ratio <");
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_comparison_draws_no_template_where_it_or_its_scale_is_not_known(bool isTemplateKnown, bool isScaleKnown)
    {
        double?[] template = isTemplateKnown ? [20, 20] : [null, null];
        var figure = new ComparisonFigure
        {
            Kind = "k",
            Window = 1,
            Title = "t",
            Caption = "c",
            AxisTitle = "x",
            DataName = "data",
            TemplateName = "template",
            Edges = [0, 1, 2],
            Data = [30, 50],
            Template = template,
            TemplateSquares = template,
            Expected = isScaleKnown ? 70 : double.NaN,
        }.Draw(new SharedAxes([Run]))!;
        figure.Data.Numbers("data").ShouldBe([30, 50]);
        foreach (var column in (string[])["template", "template_error", "ratio", "band_low"])
        {
            figure.Data.Numbers(column).ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_sum_of_bins_with_one_that_is_not_known_is_not_known() =>
        Bins.Joined([1, 2, null, 4, 5], 2).ShouldBe([3, null, 5]);
}
