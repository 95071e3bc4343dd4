using System.Text.Json.Nodes;
using Sideband.Reporting.Exports;
using Sideband.Reporting.Runs;
using Sideband.Search.Results;
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

    [Fact]
    public void Calibrated_p_values_stand_with_kind_bound_and_extrapolation()
    {
        const string kind = "permutation_over_all_windows";
        var local = new CalibratedPValueResult(0.005, kind, 199, 0, 0, true, false, false, new ExtrapolatedResult(1e-6, 5e-7, 2e-6), null);
        var global = new CalibratedPValueResult(0.04, kind, 199, 7, 0, false, false, false, null, null);
        var typical = ScanResults.Typical();
        WorkingPointResult[] points = [.. typical.Windows[1].WorkingPoints];
        var result = typical with
        {
            Windows =
            [
                typical.Windows[0],
                typical.Windows[1] with { WorkingPoints = [points[0] with { PLocalCalibrated = local, PGlobal = global }, points[1]] },
            ],
            Calibrations = [new CalibrationResult(kind, 199, 199, null, null, null)],
            PGlobal = new GlobalPValueResult(5, 1e-2, 6, local),
        };
        var table = Exported(result, "calibrated");
        table["independent_variables"]![1]!["values"]!.AsArray().Count.ShouldBe(4);
        Cells(table, "Local p-value").ShouldBe(["-", "-", "0.005", "-"]);
        Cells(table, "Local p-value, kind")[2].ShouldBe(kind);
        Cells(table, "Local p-value, is an upper bound").ShouldBe(["-", "-", "yes", "-"]);
        Cells(table, "Local p-value, extrapolated")[2].ShouldBe("1E-06");
        Cells(table, "Local p-value, extrapolated, upper end")[2].ShouldBe("2E-06");
        Cells(table, "Global p-value").ShouldBe(["-", "-", "0.04", "-"]);
        Cells(table, "Global p-value, is an upper bound")[2].ShouldBe("no");
        Cells(table, "Global p-value, exceedances")[2].ShouldBe("7");
        table = Parsed(_folder.PathOf("run/export/hepdata/global.yaml"));
        WorkspaceTests.IsValid(table, "hepdata_table").ShouldBeTrue();
        table["independent_variables"]![0]!["values"]![0]!["low"]!.GetValue<double>().ShouldBe(3.3);
        (Cells(table, "Significance")[0], Cells(table, "Global p-value")[0]).ShouldBe(("6", "0.005"));
        Cells(table, "Global p-value, extrapolated, lower end").ShouldBe(["5E-07"]);
        var submission = File.ReadAllText(_folder.PathOf("run/export/hepdata/submission.yaml"));
        submission.ShouldContain("Calibrated ones are in the table 'Calibrated p-values'.");
        submission.ShouldContain("The search: p_global at most 5.0e-3 (extrapolated 1.0e-6) for S = +6.0 in window 5 at eps_B = 0.01");
    }

    [Fact]
    public void Upper_limits_of_an_injection_scan_stand_with_their_expected_bands()
    {
        var typical = ScanResults.Typical();
        var limit = ScanResults.Limit(typical.Windows[1], 1e-2, 130, [(100, 0.5, 0)]);
        var beyond = ScanResults.Limit(typical.Windows[1], 1e-4, 90, [(100, 0.5, 0)]);
        beyond = beyond with
        {
            Rules = [beyond.Rules[0] with { Observed = new LimitValueResult(null, true, null, null, null, "above 100") }],
            Reason = "shift_not_trusted: too few",
        };
        var unfinished = ScanResults.Limit(typical.Windows[0], 1e-2, 90, []) with { Rules = [], Reason = "2 of 40 are not finished" };
        var table = Exported(typical with { Limits = [limit, beyond, unfinished] }, "limits");
        Cells(table, "Observed upper limit").ShouldBe(["150", "-", "-"]);
        Cells(table, "Observed limit lies beyond the largest strength tried").ShouldBe(["no", "yes", "-"]);
        Cells(table, "Expected upper limit, median").ShouldBe(["130", "90", "-"]);
        Cells(table, "Expected upper limit, -2 sigma").ShouldBe(["90", "50", "-"]);
        Cells(table, "Expected upper limit, -1 sigma").ShouldBe(["110", "70", "-"]);
        Cells(table, "Expected upper limit, +1 sigma").ShouldBe(["160", "120", "-"]);
        Cells(table, "Expected upper limit, +2 sigma").ShouldBe(["190", "150", "-"]);
        Cells(table, "Remark").ShouldBe(["-", "shift_not_trusted: too few", "2 of 40 are not finished"]);
        table.ToJsonString().ShouldNotContain("cross-section");
        var cls = limit.Rules[0];
        limit = limit with { Rules = [cls with { Observed = cls.Observed with { CrossSection = 2.5 } }] };
        table = Exported(typical with { Limits = [limit] }, "limits");
        Cells(table, "Observed upper limit on the cross-section").ShouldBe(["2.5"]);
    }

    [Fact]
    public void Where_toys_of_a_fit_failed_there_is_no_limit_but_the_asymptotic_one_by_its_name()
    {
        var typical = ScanResults.Typical();
        var asymptotic = ScanResults.Fit(typical.Windows[1], 2, 6) with { Limit = new RunValues(12, null, [12], null) };
        var few = asymptotic with { Flags = ["few_events"] };
        var result = typical with { Fits = [asymptotic, few with { LimitToys = new RunValues(15, null, [15], null) }, few] };
        var table = Exported(result, "fits");
        Cells(table, "Upper limit on the signal events").ShouldBe(["12", "15", "-"]);
        Cells(table, "Asymptotic upper limit").ShouldBe(["12", "12", "12"]);
    }

    [Fact]
    public void A_search_without_experiments_has_no_tables_of_them()
    {
        Exported(ScanResults.Typical(), "significances");
        Directory.GetFiles(_folder.PathOf("run/export/hepdata"), "*.yaml").Select(Path.GetFileNameWithoutExtension).Order()
            .ShouldBe(["counts", "delta_sys", "significances", "submission"]);
    }

    private JsonNode Exported(ScanResult result, string table)
    {
        var run = new ReportedRun("run", _folder.PathOf("run"), result, new Dictionary<int, WindowArrays>());
        new RunExport(run, new ExportOptions(false, true)).Write();
        var parsed = Parsed(_folder.PathOf($"run/export/hepdata/{table}.yaml"));
        WorkspaceTests.IsValid(parsed, "hepdata_table").ShouldBeTrue();
        return parsed;
    }

    private static string[] Cells(JsonNode table, string column) =>
    [
        .. table["dependent_variables"]!.AsArray().Single(entry => (string?)entry!["header"]!["name"] == column)!["values"]!.AsArray()
            .Select(entry => entry!["value"]!.ToString()),
    ];

    private static JsonNode Parsed(string path) => JsonNode.Parse(File.ReadAllText(path))!;
}
