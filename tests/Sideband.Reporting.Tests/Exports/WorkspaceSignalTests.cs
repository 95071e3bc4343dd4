using System.Text.Json.Nodes;
using Sideband.Reporting.Exports;
using Sideband.Reporting.Runs;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Tests.Exports;

/// <summary>What mu = 1 is: yields of the injection scan where there is one, else of test events, else ten assumed events.</summary>
public sealed class WorkspaceSignalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Yields_of_the_injection_scan_nearest_to_the_expected_limit()
    {
        // Of the strengths 100 and 300 the first is nearer to the smaller of both expected limits, 130; 0.25 and 0 are displaced.
        Export(Scanned(Typical()));
        Signals(5).ShouldBe([(100 * 0.75 * 0.5) - (100 * 0.3), 100 * 0.3], 1e-12);
        Signals(4).ShouldBe([0, 10]);
        Readme().ShouldContain(
            "- window_5.json: mu = 1 is a strength of 100 signal events before any cut, over all masses (0.8 of them in the window), "
            + "by the median yields of 19 redraws of the injection scan (1 more failed), less the background that signal in the template "
            + "displaces; of the strengths scanned it is the nearest to the expected limit, 130. "
            + "Another mu scales these yields, but the efficiency changes with the strength.\n");
        Readme().ShouldContain("- window_4.json: mu = 1 is 10 events in the hardest bin: nothing tells the signal's efficiency.\n");
    }

    [Fact]
    public void Without_an_expected_limit_it_is_the_largest_strength_at_which_every_cut_has_redraws()
    {
        var result = Scanned(Typical());
        result = result with { Limits = [.. result.Limits.Select(limit => limit with { Rules = [] })] };
        Export(result);
        Signals(5).ShouldBe([(300 * 0.75 * 0.6) - (300 * 0.4), 300 * 0.4], 1e-12);
        Readme().ShouldContain("mu = 1 is a strength of 300 signal events");
        Export(result with
        {
            Limits = [result.Limits[0], result.Limits[1] with { Strengths = [.. result.Limits[1].Strengths.Take(2)] }],
        });
        Signals(5).ShouldBe([(100 * 0.75 * 0.5) - (100 * 0.3), 100 * 0.3], 1e-12);
    }

    [Fact]
    public void Test_events_tell_the_efficiency_of_windows_that_were_not_scanned()
    {
        TestMetricsResult Tests(int number) => new(
            number,
            500,
            500,
            0.9,
            [new TestWorkingPointResult(1e-2, 0.5, 5, null), new TestWorkingPointResult(1e-4, 0.125, 12, null)],
            null,
            null,
            null);
        Export(Scanned(Typical()) with { TestMetrics = [Tests(4), Tests(5)] });
        Signals(4).ShouldBe([37.5, 12.5]);
        Signals(5)[1].ShouldBe(30, 1e-12);
        Readme().ShouldContain(
            "- window_4.json: mu = 1 is 100 signal events in the window before any cut, by the test events' efficiencies.\n");
    }

    [Fact]
    public void Where_no_test_event_passes_a_cut_ten_events_are_assumed_and_said()
    {
        TestMetricsResult Tests(int number, double loose, double hard) => new(
            number,
            500,
            500,
            0.5,
            [new TestWorkingPointResult(1e-2, loose, null, null), new TestWorkingPointResult(1e-4, hard, null, null)],
            null,
            null,
            null);
        Export(Typical() with { TestMetrics = [Tests(4, 0, 0), Tests(5, 0.5, 0)] });
        Signals(4).ShouldBe([0, 10]);
        Signals(5).ShouldBe([50, 0]);
        Readme().ShouldContain(
            "- window_4.json: mu = 1 is 10 events in the hardest bin: of the signal that was tested none is in any bin.\n");
        Readme().ShouldContain(
            "- window_5.json: mu = 1 is 100 signal events in the window before any cut, by the test events' efficiencies.\n");
    }

    // Both cuts of both windows have counts and errors.
    private static ScanResult Typical()
    {
        var result = ScanResults.Typical();
        WorkingPointResult[] points =
        [
            .. result.Windows[1].WorkingPoints.Select(point =>
                point with { SigmaSys = 0.02, SigmaExp = point.EpsilonB < 1e-3 ? 0.5 : 0.06 }),
        ];
        return result with { Windows = [.. result.Windows.Select(window => window with { WorkingPoints = points })] };
    }

    private static ScanResult Scanned(ScanResult result)
    {
        LimitResult Limit(double epsilon, double displaced, double expected, double first, double second) => ScanResults.Limit(
            result.Windows[1], epsilon, expected, [(100, first, 1), (300, second, 0)]) with
        { SignalDisplacement = displaced };
        return result with { Limits = [Limit(1e-2, 0.25, 260, 0.5, 0.6), Limit(1e-4, 0, 130, 0.3, 0.4)] };
    }

    private void Export(ScanResult result) =>
        new RunExport(new ReportedRun("run", _folder.Root, result, new Dictionary<int, WindowArrays>()), new ExportOptions(true, false))
            .Write();

    private double[] Signals(int window) =>
    [
        .. JsonNode.Parse(File.ReadAllText(_folder.PathOf($"export/pyhf/window_{window}.json")))!["channels"]!.AsArray()
            .Select(channel => (double)channel!["samples"]![1]!["data"]![0]!),
    ];

    private string Readme() => File.ReadAllText(_folder.PathOf("export/README.md"));
}
