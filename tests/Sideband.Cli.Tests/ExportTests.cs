using System.Diagnostics;
using System.Text.Json.Nodes;
using Sideband.Reporting.Exports;

namespace Sideband.Cli.Tests;

/// <summary>A run for other programs, and those programs' rules.</summary>
public sealed class ExportTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.PathOf("run");

    private string Export => Path.Combine(Run, "export");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Workspaces_and_submission_are_there_and_valid()
    {
        Cli.Succeed(toys.Search("--test", toys.Labelled, "--out", Run, "--quiet"));
        Cli.Succeed("fit", Run, "--sqrt-s", "13", "--mass-range", "3:7", "--toys", "0", "--quiet");
        Cli.Succeed("export", Run, "--pyhf", "--hepdata", "--unit", "GeV", "--quiet").Output.ShouldBe($"wrote {Export}\n");
        foreach (var number in (int[])[1, 2, 3])
        {
            var workspace = Json(Path.Combine("pyhf", $"window_{number}.json")).AsObject();
            WorkspaceChecks.Faults(workspace).ShouldBeEmpty();
            workspace["channels"]!.AsArray().Count.ShouldBe(2);
        }

        var documents = File.ReadAllText(Path.Combine(Export, "hepdata", "submission.yaml"))
            .Split("---\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(document => JsonNode.Parse(document)!.AsObject())
            .ToArray();
        documents.Skip(1).Select(table => (string)table["data_file"]!).ShouldBe(
        [
            "counts.yaml", "significances.yaml", "fits.yaml", "delta_sys.yaml",
            "spectrum_window_1.yaml", "spectrum_window_2.yaml", "spectrum_window_3.yaml",
        ]);
        HepDataChecks.Faults(Path.Combine(Export, "hepdata"), documents).ShouldBeEmpty();

        // The observed counts are those of the results, bin by bin.
        var point = ResultsFile.Point(ResultsFile.Read(Run), 1, 0);
        var table = Json(Path.Combine("hepdata", "counts.yaml"))["dependent_variables"]![0]!["values"]![1]!;
        table["value"]!.GetValue<double>().ShouldBe(point["n_obs"]!["mean"]!.GetValue<double>());
        Json(Path.Combine("pyhf", "window_2.json"))["observations"]!.AsArray().Sum(entry => (double)entry!["data"]![0]!)
            .ShouldBe(point["n_obs"]!["mean"]!.GetValue<double>(), 1e-9);

        // The same run gives the same bytes.
        var archive = Path.Combine(Export, "hepdata", "workspaces.tar.gz");
        var before = File.ReadAllBytes(archive);
        Cli.Succeed("export", Run, "--hepdata", "--quiet");
        File.ReadAllBytes(archive).ShouldBe(before);

        File.Delete(Path.Combine(Export, "hepdata", "fits.yaml"));
        HepDataChecks.Faults(Path.Combine(Export, "hepdata"), documents).ShouldHaveSingleItem().ShouldEndWith("fits.yaml is not there");
        ValidByPython();
    }

    [Fact]
    public void Nothing_asked_for_and_blind_searches_are_refused()
    {
        Cli.Succeed(toys.Search("--blind", "--out", Run, "--quiet"));
        Cli.Refuse(2, "export", Run).ShouldBe("export: nothing is asked for; give --pyhf, --hepdata or both");
        Cli.Refuse(2, "export", Run, "--pyhf").ShouldBe($"{Run}: a blind search has no counts to export; unblind it first");
        Cli.Refuse(2, "export", Run, "--pyhf", "--unit", "GeV").ShouldBe("--unit: it is for HEPData; give --hepdata with it");
        Cli.Refuse(2, "export", Run, "--hepdata", "--energy", "x")
            .ShouldBe("--energy: 'x' is not allowed; allowed: a number above 0, in GeV");
    }

    private JsonNode Json(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Export, name)))!;

    // Another program's opinion, where Debian's python3-jsonschema is installed.
    private void ValidByPython()
    {
        const string Script = """
            import json, pathlib, sys
            try:
                import jsonschema
            except ImportError:
                print("no jsonschema"); sys.exit()
            schemas, export = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
            def check(name, documents):
                for document in documents:
                    jsonschema.validate(document, json.loads((schemas / (name + ".json")).read_text()))
            check("histfactory", [json.loads(file.read_text()) for file in (export / "pyhf").glob("*.json")])
            check("hepdata_table", [json.loads(f.read_text()) for f in (export / "hepdata").glob("*.yaml") if f.name != "submission.yaml"])
            check("hepdata_submission", [json.loads(text) for text in (export / "hepdata/submission.yaml").read_text().split("---\n")[2:]])
            """;
        if (File.Exists("/usr/bin/python3"))
        {
            using var python = Process.Start("/usr/bin/python3", ["-c", Script, Repository.PathOf("tests/Reference/exports"), Export]);
            python.WaitForExit();
            python.ExitCode.ShouldBe(0);
        }
    }
}
