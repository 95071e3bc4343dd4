using System.Text.Json.Nodes;
using Sideband.Reporting.Figures;
using Sideband.Reporting.Page;
using Sideband.Reporting.Runs;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Tests.Page;

public sealed class ReportPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "#0072B2")]
    [InlineData("#theme=dark", "#56B4E9")]
    public void A_build_without_the_chart_runtime_shows_every_figure_as_SVG_and_says_so(string hash, string colour)
    {
        var page = Write(ScanResults.Blind(), charts: false);
        page.ShouldContain("without the chart runtime");
        page.Length.ShouldBeLessThan(200_000);
        Chromium.Need();
        var path = _folder.PathOf("page.html");
        File.WriteAllText(path, page);
        var opened = Chromium.Open(path, hash, _folder.Root);
        opened.ShouldBeQuiet();
        opened.Dom.ShouldContain("data-drawn=\"1\"");
        opened.Dom.ShouldContain("<svg");
        opened.Dom.ShouldContain($"stroke=\"{colour}\"");
    }

    [Fact]
    public void The_page_needs_nothing_from_outside()
    {
        var page = Write(ScanResults.Blind(), charts: ChartRuntime.IsEmbedded);
        page.ShouldContain("default-src 'none'");
        foreach (var reference in (string[])["<link", " src=\"", " href=\"http", "@import", "url(http"])
        {
            page.Replace("https://vega.github.io", "", StringComparison.Ordinal).ShouldNotContain(reference);
        }
    }

    [Fact]
    public void Data_cannot_leave_its_script_element()
    {
        const string hostile = "</script><script>alert(1)</script><!--";
        var page = Write(ScanResults.Blind() with { Features = [hostile], Mass = hostile }, charts: false);
        page.ShouldNotContain("<script>alert");
        var start = page.IndexOf("id=\"report-data\">", StringComparison.Ordinal) + "id=\"report-data\">".Length;
        var data = JsonNode.Parse(page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)])!;
        data["figures"]![0]!["specification"]!["vconcat"]![1]!["layer"]![1]!["encoding"]!["x"]!["title"]!.ToString().ShouldContain(hostile);
    }

    [Fact]
    public void Where_classifiers_see_some_of_the_features_the_page_says_how_many()
    {
        var result = ScanResults.Blind();
        var settings = new Dictionary<string, string>(result.Provenance.Settings) { ["runs"] = "2", ["members"] = "5" };
        string With() => Write(result with { Provenance = result.Provenance with { Settings = settings } }, charts: false);
        With().ShouldContain(", 2 runs of 5 classifiers; ");
        settings["features_per_member"] = "1";
        With().ShouldContain($", 2 runs of 5 classifiers that see 1 of the {result.Features.Count} features each; ");
    }

    [Fact]
    public void Windows_of_one_number_and_other_masses_are_named_by_run()
    {
        var first = ScanResults.Blind();
        var second = first with { Windows = [first.Windows[0], first.Windows[1] with { Low = 3.5, High = 3.9 }] };
        ReportedRun Run(string name, ScanResult result) => new(name, name, result, new Dictionary<int, WindowArrays>());
        ReportedRun[] runs = [Run("a", first), Run("b", second)];
        var page = ReportPage.Write(runs, FigureSet.Of(runs), false);
        page.ShouldContain(">4: 3.2 - 3.6</option>");
        page.ShouldContain(">5: 3.3 - 3.7 in a; 3.5 - 3.9 in b</option>");
        page.ShouldContain("The runs have different windows: of one number, 5, they lie at other masses");
        Write(first, charts: false).ShouldNotContain("different windows");
    }

    private static string Write(ScanResult result, bool charts)
    {
        ReportedRun[] runs = [new ReportedRun("first", "runs/first", result, new Dictionary<int, WindowArrays>())];
        return ReportPage.Write(runs, FigureSet.Of(runs), charts);
    }
}
