using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sideband.Cli.Tests;

/// <summary>sideband report: the page as a browser shows it, against results.json.</summary>
public sealed partial class ReportTests(ReportRuns runs, Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("#window=4&theme=dark")]
    public void Every_figure_is_drawn_and_nothing_is_requested(string hash)
    {
        Chromium.Need();
        var page = Chromium.Open(Path.Combine(runs.NineWindows, "report.html"), hash, _folder.Root);
        page.ShouldBeQuiet();
        var marks = Marks().Matches(page.Dom).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();

        // Significance, counts, two of delta_sys, mass, scores, two features before and after, three of performance, two of training.
        marks.Length.ShouldBe(15);
        marks.ShouldAllBe(count => count > 0);
        page.Dom.ShouldContain("data-drawn=\"15\"");
    }

    [Fact]
    public void The_tables_have_the_numbers_of_the_results()
    {
        var results = ResultsFile.Read(runs.NineWindows);
        var html = File.ReadAllText(Path.Combine(runs.NineWindows, "report.html"));
        var checkedNumbers = 0;
        foreach (Match cell in Numbers().Matches(html))
        {
            if (Find(results, cell.Groups["key"].Value) is not { } node)
            {
                continue;
            }

            var value = node.GetValue<double>();
            double.Parse(cell.Groups["value"].Value, CultureInfo.InvariantCulture).ShouldBe(value);
            ShouldRoundTo(System.Net.WebUtility.HtmlDecode(cell.Groups["shown"].Value), value);
            checkedNumbers++;
        }

        // 9 windows x 2 working points x 16 numbers, 4 shifts of 4, 9 windows of test metrics with 10.
        checkedNumbers.ShouldBeGreaterThan(350);
    }

    [Fact]
    public void The_figures_have_the_numbers_of_the_results()
    {
        var results = ResultsFile.Read(runs.NineWindows);
        var rows = File.ReadAllLines(Path.Combine(runs.NineWindows, "figures", "significance.csv"));
        var header = rows[0].Split(',').ToList();
        rows.Length.ShouldBe(1 + (9 * 2));
        foreach (var row in rows.Skip(1).Select(line => line.Split(',')))
        {
            var window = results["windows"]!.AsArray().Single(entry => entry!["number"]!.ToString() == row[header.IndexOf("window")])!;
            var point = window["working_points"]!.AsArray()
                .Single(entry => entry!["epsilon_b"]!.ToString() == row[header.IndexOf("epsilon_b")])!;
            foreach (var (column, node) in (ReadOnlySpan<(string, JsonNode?)>)
            [
                ("significance", point["significance"]!["mean"]), ("std", point["significance"]!["std"]),
                ("n_obs", point["n_obs"]!["mean"]), ("n_exp", point["n_exp"]!["mean"]), ("p_local", point["p_local"]),
            ])
            {
                (node?.GetValue<double>().ToString("R", CultureInfo.InvariantCulture) ?? "").ShouldBe(row[header.IndexOf(column)], column);
            }
        }

        // The specification in the file and the data in the page are the same numbers again.
        var figure = JsonNode.Parse(File.ReadAllText(Path.Combine(runs.NineWindows, "figures", "significance.vl.json")))!;
        figure["datasets"]!["table"]!.AsArray().Count.ShouldBe(18);
        var inPage = PageFigure("significance")["rows"]!.AsArray();
        for (var i = 0; i < 18; i++)
        {
            string.Join(',', inPage[i]!.AsArray().Select(value => value?.ToString() ?? "")).ShouldBe(rows[i + 1]);
        }
    }

    [Fact]
    public void Every_figure_is_a_small_picture_too()
    {
        Cli.Succeed("report", runs.NineWindows, "--svg");
        var folder = Path.Combine(runs.NineWindows, "figures");
        var pictures = Directory.GetFiles(folder, "*.svg");
        pictures.Select(path => Path.ChangeExtension(path, ".csv")).Order().ShouldBe(Directory.GetFiles(folder, "*.csv").Order());
        foreach (var picture in pictures)
        {
            System.Xml.Linq.XDocument.Load(picture).Root!.Name.LocalName.ShouldBe("svg");

            // The largest has nine curves of some two hundred points.
            new FileInfo(picture).Length.ShouldBeLessThan(40_000, picture);
        }
    }

    [Fact]
    public void The_report_stays_small() =>
        new FileInfo(Path.Combine(runs.NineWindows, "report.html")).Length.ShouldBeLessThan(5 << 20);

    [Fact]
    public void Malicious_names_stay_text()
    {
        const string script = "<script>alert('feature')</script>";
        const string close = "]]></script><img src=x onerror=alert(1)>\"'";
        const string mass = "m\"><b>&amp;";
        string[] lines = [.. Toys.Lines(7, 4000, 50, label: false)];
        static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        lines[0] = $"{Quoted(mass)},{script},{Quoted(close)}";
        var data = _folder.Write("<img src=x onerror=alert(2)>'&.csv", lines);
        var run = _folder.PathOf("<b onmouseover=alert(3)>run");
        Cli.Succeed([
            .. Toys.Changed(
                Toys.Changed(Toys.SearchOf(data, "--systematics", "none", "--quiet", "--out", run), "--mass", mass),
                "--features",
                $"{script},{close}"),
        ]);
        Cli.Succeed("report", run, "--unit", mass + "=</script><script>alert(4)</script>");
        foreach (var file in Directory.GetFiles(Path.Combine(run, "figures")))
        {
            Path.GetFileName(file).ShouldMatch("^[A-Za-z0-9_.]+$");
        }

        Chromium.Need();
        var page = Chromium.Open(Path.Combine(run, "report.html"), "", _folder.Root);
        page.ShouldBeQuiet();
        page.Dom.ShouldContain("data-drawn=\"10\"");
        foreach (var element in (string[])["<img", "<b>", "<b onmouseover", "<script>alert"])
        {
            page.Dom.ShouldNotContain(element);
        }

        page.Dom.ShouldContain("&lt;script&gt;alert('feature')&lt;/script&gt;");
    }

    [Fact]
    public void Every_figure_is_drawn_whatever_the_columns_are_called()
    {
        string[] lines = [.. Toys.Lines(8, 4000, 0, label: false)];
        lines[0] = "m,a\\x,b\u2028c";
        var (data, run) = (_folder.Write("odd.csv", lines), _folder.PathOf("odd"));
        var scan = Cli.Succeed(
            Toys.Changed(Toys.SearchOf(data, "--systematics", "none", "--out", run), "--features", "a\\x,b\u2028c"));
        scan.Output.ShouldContain(", features a\\x, b\\u2028c, ");
        Cli.Succeed("report", run);
        var page = Chromium.Open(Path.Combine(run, "report.html"), "", _folder.Root);
        page.ShouldBeQuiet();
        page.Dom.ShouldContain("data-drawn=\"10\"");
        page.Dom.ShouldContain("b⧵u2028c [the table");
    }

    [Fact]
    public void Names_of_columns_may_be_longer_than_those_of_files()
    {
        var (one, other) = (new string('x', 300) + "1", new string('x', 300) + "2");
        string[] lines = [.. Toys.Lines(8, 4000, 0, label: false)];
        lines[0] = $"m,{one},{other}";
        var (data, run) = (_folder.Write("long.csv", lines), _folder.PathOf("long"));
        Cli.Succeed(
            Toys.Changed(Toys.SearchOf(data, "--systematics", "none", "--quiet", "--out", run), "--features", $"{one},{other}"));
        Cli.Succeed("report", run);
        string[] names = [.. Directory.GetFiles(Path.Combine(run, "figures")).Select(path => Path.GetFileNameWithoutExtension(path)!)];
        var shortened = new string('x', 60);
        foreach (var place in (int[])[1, 2])
        {
            names.ShouldContain(name => name.StartsWith($"feature_{place}_{shortened}_"));
        }
    }

    [Fact]
    public void Several_runs_stand_side_by_side()
    {
        var other = _folder.PathOf("other");
        Cli.Succeed(toys.Search("--blind", "--quiet", "--out", other));
        var page = _folder.PathOf("both.html");
        Cli.Succeed("report", runs.NineWindows, other, "--out", page).Output.ShouldBe($"wrote {page}\n");
        Chromium.Need();
        var opened = Chromium.Open(page, "", _folder.Root);
        opened.ShouldBeQuiet();

        // A blind run has its expected counts and the Monte Carlo's shifts, and says what it lacks.
        opened.Dom.ShouldContain("data-drawn=\"17\"");
        opened.Dom.ShouldContain("Blind search");
        opened.Dom.ShouldContain("other: this run has no such figure (significance).");
    }

    [Fact]
    public void Units_are_remembered()
    {
        var run = _folder.PathOf("units");
        Cli.Succeed(toys.Search("--quiet", "--out", run));
        Cli.Succeed("report", run, "--unit", "m=GeV", "--unit", "x=");
        Cli.Succeed("report", run, "--unit", "y=rad");
        var mass = File.ReadAllText(Path.Combine(run, "figures", "mass_window_1.vl.json"));
        mass.ShouldContain("m [GeV]");
        File.ReadAllText(Path.Combine(run, "units.json")).ShouldBe("{\n  \"m\": \"GeV\",\n  \"x\": \"\",\n  \"y\": \"rad\"\n}\n");
        File.WriteAllText(Path.Combine(run, "units.json"), "{");
        Cli.Refuse(3, "report", run).ShouldContain("units.json: damaged");
    }

    [Fact]
    public void What_is_no_run_is_refused()
    {
        Cli.Refuse(2, "report", _folder.Root).ShouldBe($"{_folder.Root}: not a run directory (no results.json in it)");
        var run = _folder.PathOf("damaged");
        Directory.CreateDirectory(Path.Combine(run, "summary"));
        File.Copy(Path.Combine(runs.NineWindows, "results.json"), Path.Combine(run, "results.json"));
        Cli.Refuse(3, "report", run).ShouldStartWith($"{run}: results without seal.json, ");
        File.Copy(Path.Combine(runs.NineWindows, "seal.json"), Path.Combine(run, "seal.json"));
        Cli.Refuse(3, "report", run).ShouldContain("window_1.json: missing");
        File.WriteAllText(
            Path.Combine(run, "summary", "window_1.json"),
            "{\"schema\": \"sideband.summary/1\", \"arrays\": {\"a\": {\"shape\": [2], \"values\": [1]}}}");
        Cli.Refuse(3, "report", run).ShouldStartWith($"{run}: summary/window_1.json is not the file that the search wrote: ");
        Cli.Refuse(2, "report", runs.NineWindows, "--unit", "z=GeV")
            .ShouldContain("'z=GeV' is not allowed; allowed: COLUMN=UNIT with one of the columns x, y, m");
    }

    private JsonNode PageFigure(string file)
    {
        var html = File.ReadAllText(Path.Combine(runs.NineWindows, "report.html"));
        var data = JsonNode.Parse(PageData().Match(html).Groups[1].Value)!;
        return data["figures"]!.AsArray().Single(figure => figure!["file"]!.ToString() == file)!;
    }

    // windows.N... names a window by its number; other numbers are places in arrays.
    private static JsonValue? Find(JsonNode results, string key)
    {
        JsonNode? node = results;
        foreach (var part in key.Split('.'))
        {
            node = node switch
            {
                JsonArray windows when node.GetPath() == "$.windows" => windows.Single(window => window!["number"]!.ToString() == part),
                JsonArray array => int.TryParse(part, out var place) ? array[place] : null,
                JsonObject entries => entries.TryGetPropertyValue(part, out var entry) ? entry : null,
                _ => null,
            };
        }

        return node as JsonValue;
    }

    // Half a unit of the last digit that is shown.
    private static void ShouldRoundTo(string shown, double value)
    {
        var parts = shown.Replace(",", "", StringComparison.Ordinal).Split('e');
        var decimals = parts[0].Contains('.', StringComparison.Ordinal)
            ? parts[0].Length - parts[0].IndexOf('.', StringComparison.Ordinal) - 1
            : 0;
        var scale = parts.Length > 1 ? Math.Pow(10, int.Parse(parts[1], CultureInfo.InvariantCulture)) : 1;
        (double.Parse(parts[0], CultureInfo.InvariantCulture) * scale).ShouldBe(value, 0.500001 * scale * Math.Pow(10, -decimals), shown);
    }

    [GeneratedRegex("data-marks=\"([0-9]+)\"")]
    private static partial Regex Marks();

    [GeneratedRegex("data-key=\"(?<key>[^\"]*)\" data-value=\"(?<value>[^\"]+)\"[^>]*>(?<shown>[^<]*)<")]
    private static partial Regex Numbers();

    [GeneratedRegex("id=\"report-data\">(.*?)</script>")]
    private static partial Regex PageData();
}
