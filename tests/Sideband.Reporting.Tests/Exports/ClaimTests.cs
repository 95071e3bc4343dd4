using System.Text.Json.Nodes;
using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Reporting.Exports;
using Sideband.Reporting.Runs;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Tests.Exports;

/// <summary>An export says where nothing is claimed, and makes no likelihood of it.</summary>
public sealed class ClaimTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_window_in_which_nothing_is_claimed_has_no_workspace_and_is_named()
    {
        Export(ScanResults.Typical(), true).Notes.ShouldNotContain(note => note.Contains("claimed"));
        Workspaces().ShouldBe(["window_4.json", "window_5.json"]);
        var result = ScanResults.Typical();
        result = result with
        {
            Windows = [result.Windows[0] with { ClaimWithheld = "a gap" }, result.Windows[1]],
            Validation = [result.Validation[0], result.Validation[1] with { Verdict = ValidationResult.Biased, Reason = "mean S is 3" }],
        };
        string[] said =
        [
            "nothing is claimed in window 4, of which there is no workspace: a gap",
            "nothing is claimed at eps_B = 0.0001: background_estimate_biased: mean S is 3",
        ];
        Export(result, true).Notes.Take(2).ShouldBe(said);
        Workspaces().ShouldBe(["window_5.json"]);
        var readme = Text("README.md");
        readme.ShouldContain("pyhf/window_5.json");
        readme.ShouldNotContain("window_4.json");
        foreach (var line in said)
        {
            readme.ShouldContain($"\n- {line}\n");
            Text("hepdata/submission.yaml").ShouldContain($"Note: {line}.");
        }

        const string short_ = " No excess is claimed in window 4 (claim_withheld), "
            + "at a background efficiency of 0.0001 (background_estimate_biased).";
        Text("hepdata/submission.yaml").Split(short_).Length.ShouldBe(3);
    }

    [Fact]
    public void A_point_at_which_the_cut_does_not_separate_is_left_out_and_named()
    {
        // Also where results of an earlier build have an expectation there.
        var result = ScanResults.Typical();
        var nothing = new RunValues(null, null, [null, null], Threshold.NoSeparation);
        var (point, window) = (result.Windows[1].WorkingPoints[0], result.Windows[1]);
        point = point with { Flags = [PointFlag.NoSeparation], Significance = nothing, PLocal = null, Reason = nothing.Reason };
        result = result with
        {
            Windows = [result.Windows[0], window with { WorkingPoints = [point, window.WorkingPoints[1]] }],
        };
        var line = $"window 5, eps_B = 0.01: left out, {Threshold.NoSeparation}";
        Export(result, true).Notes.ShouldContain(line);
        Text("README.md").ShouldContain($"\n- {line}\n");
        Workspaces().ShouldBe(["window_4.json"], "the other point of window 5 has no error");
        var columns = JsonNode.Parse(Text("hepdata/counts.yaml"))!["dependent_variables"]!.AsArray();
        string[] shown = [.. columns.Select(column => column!["values"]![1]!["value"]!.ToJsonString())];
        shown.ShouldBe(["\"-\"", "\"-\"", "13", "4.225"]);

        // The tables of counts and significances say so.
        const string said = " Left out, because the cut does not separate (no_separation): "
            + "in window 5 at a background efficiency of 0.01.";
        Text("hepdata/submission.yaml").Split(said).Length.ShouldBe(3);
    }

    [Fact]
    public void Where_no_window_is_left_there_are_tables_and_no_workspace()
    {
        var result = ScanResults.Typical();
        Export(result, true);
        result = result with { Windows = [.. result.Windows.Select(window => window with { State = WindowState.TemplateFails })] };
        Export(result, true);
        Workspaces().ShouldBeEmpty();
        File.Exists(_folder.PathOf("export/hepdata/workspaces.tar.gz")).ShouldBeFalse();
        Text("README.md").ShouldNotContain("import pyhf");
        Should.Throw<InputDataException>(() => Export(result, false))
            .Message.ShouldContain("no workspace can be made: nothing is claimed in window 4");
    }

    private RunExport Export(ScanResult result, bool hepData)
    {
        var run = new ReportedRun("run", _folder.Root, result, new Dictionary<int, WindowArrays>());
        var export = new RunExport(run, new ExportOptions(Pyhf: true, hepData));
        export.Write();
        return export;
    }

    private string[] Workspaces() => [.. Directory.GetFiles(_folder.PathOf("export/pyhf")).Select(path => Path.GetFileName(path)!).Order()];

    private string Text(string name) => File.ReadAllText(_folder.PathOf("export/" + name));
}
