using System.Text.Json.Nodes;
using Sideband.Reporting.Exports;
using Sideband.Reporting.Runs;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Tests.Exports;

/// <summary>A submission made of results by hand, one cell of which failed.</summary>
public sealed class HepDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_document_keeps_to_the_format_and_what_is_not_defined_is_a_dash()
    {
        var run = new ReportedRun("run", _folder.PathOf("run"), ScanResults.Typical(), new Dictionary<int, WindowArrays>());
        var export = new RunExport(run, new ExportOptions(true, true) { Unit = "TeV", Energy = 13000, Reaction = "P P --> JET JET X" });
        export.Write();
        var hepData = Path.Combine(export.Folder, "hepdata");
        foreach (var file in (string[])["counts.yaml", "significances.yaml", "delta_sys.yaml"])
        {
            WorkspaceTests.IsValid(Parsed(Path.Combine(hepData, file)), "hepdata_table").ShouldBeTrue(file);
        }

        var documents = File.ReadAllText(Path.Combine(hepData, "submission.yaml")).Split("---\n", StringSplitOptions.RemoveEmptyEntries);
        documents.Length.ShouldBe(4);
        documents.Skip(1).ShouldAllBe(document => WorkspaceTests.IsValid(JsonNode.Parse(document)!, "hepdata_submission"));
        var expected = Parsed(Path.Combine(hepData, "counts.yaml"))["dependent_variables"]![3]!["values"]!;
        ((string?)expected[0]!["value"]).ShouldBe("-");
        expected[1]!["value"]!.GetValue<double>().ShouldBe(4.225, 1e-12);

        // No error is known at the harder cut: workspaces of the other one, and a line that says so.
        export.Notes.Count.ShouldBe(2);
        File.ReadAllText(Path.Combine(export.Folder, "README.md")).ShouldContain("## Left out");
        WorkspaceTests.IsValid(Parsed(Path.Combine(export.Folder, "pyhf", "window_5.json"))).ShouldBeTrue();
    }

    private static JsonNode Parsed(string path) => JsonNode.Parse(File.ReadAllText(path))!;
}
