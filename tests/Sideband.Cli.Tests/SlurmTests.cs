using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sideband.Cli.Tests;

/// <summary>
/// Searches on a real Slurm, and what happens to clusters: nothing is lost, and nothing done twice beyond what was in flight.
/// </summary>
public sealed partial class SlurmTests : IClassFixture<SlurmLoopback>, IClassFixture<ResumeTests.Undisturbed>, IDisposable
{
    private const int UnitCount = 36;

    private readonly SlurmLoopback _slurm;
    private readonly ResumeTests.Undisturbed _undisturbed;
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment;

    public SlurmTests(SlurmLoopback slurm, ResumeTests.Undisturbed undisturbed)
    {
        Assert.SkipUnless(slurm.Missing is null, slurm.Missing ?? "");
        (_slurm, _undisturbed) = (slurm, undisturbed);
        slurm.Clear();
        Directory.CreateDirectory(Scratch);
        _environment = new Dictionary<string, string>(slurm.Variables) { ["TMPDIR"] = Scratch };
    }

    private string Run => _folder.PathOf("run");

    private string Scratch => _folder.PathOf("scratch");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_scan_gives_what_it_gives_here_and_a_second_one_submits_nothing()
    {
        // About six tasks: two arrays of a cluster whose arrays have four tasks at most.
        var result = Cli.Run(Scan(6), _environment);
        result.ExitCode.ShouldBe(0, result.Error);
        ResultsFile.ShouldBeTheSame(Run, _undisturbed.Run);
        Logs().Sum(log => Finished(File.ReadAllText(log))).ShouldBe(UnitCount);
        Log().ShouldMatch(@"slurm: submission 1: \d tasks in jobs \d+, \d+\n");
        Directory.GetDirectories(Scratch).ShouldBeEmpty();

        // The units of a task are one file of the store.
        ResultsFile.UnitCount(Run).ShouldBe(Logs().Length);
        Cli.Run(Scan(6), _environment).ExitCode.ShouldBe(0);
        Directory.GetDirectories(Path.Combine(Run, "batch")).Length.ShouldBe(1);
    }

    [Fact]
    public void Workers_of_a_lost_node_and_killed_ones_cost_what_was_in_flight_alone()
    {
        using var scan = Cli.Start(Scan(4), _environment);
        Waiting.Until(() => InScratch() > 0, "a unit of a worker");
        var lost = Workers();
        _slurm.LoseNode();
        Waiting.Until(() => Workers().Except(lost).Any(), "workers on the node that came back");
        foreach (var worker in Workers().Except(lost))
        {
            Signals.Send("KILL", worker);
        }

        var result = Cli.Finish(scan);
        result.ExitCode.ShouldBe(0, result.Error);
        ResultsFile.ShouldBeTheSame(Run, _undisturbed.Run);

        // Workers that were killed say nothing of what they did; of the others none did what was done.
        Logs().Sum(log => Finished(File.ReadAllText(log))).ShouldBeInRange(UnitCount / 2, UnitCount);
        Cli.Succeed("verify", Run, "--quiet");
    }

    [Fact]
    public void A_controller_that_dies_and_forgets_what_it_did_not_save_costs_what_was_in_flight_at_most()
    {
        using var scan = Cli.Start(Scan(4), _environment);
        Waiting.Until(() => InScratch() > 0, "a unit of a worker");
        _slurm.KillController();
        Waiting.Until(() => Log().Contains("controller does not answer", StringComparison.Ordinal), "the controller to be missed");
        _slurm.RestartController();
        var result = Cli.Finish(scan);
        result.ExitCode.ShouldBe(0, result.Error);
        ResultsFile.ShouldBeTheSame(Run, _undisturbed.Run);

        // Two workers were at it, each with a fourth of the units, or a few more where these are cheap.
        Logs().Sum(log => Finished(File.ReadAllText(log))).ShouldBeInRange(UnitCount / 2, 2 * UnitCount);
    }

    [Fact]
    public void What_was_cancelled_is_submitted_by_the_same_command_alone()
    {
        using (var scan = Cli.Start(Scan(2), _environment))
        {
            Waiting.Until(() => InScratch() > 0, "a unit of a worker");
            _slurm.Ask("scancel", Job());
            var result = Cli.Finish(scan);
            result.ExitCode.ShouldBe(3, result.Error);
            result.ErrorLine.ShouldContain("units are not done; jobs were cancelled");
            result.ErrorLine.ShouldEndWith("the same command submits what is left");
        }

        // What they had finished they wrote.
        ResultsFile.UnitCount(Run).ShouldBeGreaterThan(0);
        Cli.Run(["status", Run], _environment).Output.ShouldMatch(@"submission 1, job \d+: of \d tasks 0 run, 0 wait, \d failed");
        var rest = Cli.Run(Scan(2), _environment);
        rest.ExitCode.ShouldBe(0, rest.Error);
        ResultsFile.ShouldBeTheSame(Run, _undisturbed.Run);
        Directory.GetDirectories(Path.Combine(Run, "batch")).Length.ShouldBe(2);
    }

    [Fact]
    public void Before_its_time_limit_a_task_writes_what_is_finished_and_is_queued_again()
    {
        using var scan = Cli.Start(Scan(1), _environment);
        Waiting.Until(() => InScratch() > 0, "a unit of a worker");
        _slurm.Ask("scancel", "--signal=USR1", "--batch", Job());
        var result = Cli.Finish(scan);
        result.ExitCode.ShouldBe(0, result.Error);
        ResultsFile.ShouldBeTheSame(Run, _undisturbed.Run);
        var log = File.ReadAllText(Logs().ShouldHaveSingleItem());
        log.ShouldContain("queued again before the time limit");
        FinishedUnits().Count(log).ShouldBe(2);
        Finished(log).ShouldBe(UnitCount);
    }

    [Fact]
    public void A_full_scratch_disk_costs_nothing_and_a_full_store_is_named_with_its_log()
    {
        var (small, store) = (_folder.PathOf("small"), _folder.PathOf("store"));
        Directory.CreateDirectory(small);
        Directory.CreateDirectory(store);
        Assert.SkipUnless(FullDiskTests.Mount("-t", "tmpfs", "-o", "size=8k", "none", small), "mounting a small disk needs root");
        FullDiskTests.Mount("-t", "tmpfs", "-o", "size=64k", "none", store).ShouldBeTrue();
        try
        {
            _environment["TMPDIR"] = small;
            var arguments = Scan(1, "--store", store);
            var full = Cli.Run(arguments, _environment);
            full.ExitCode.ShouldBe(3, full.Error);
            full.ErrorLine.ShouldMatch(
                @"units are not done after \d submissions; task \d+_0 on .*: FAILED, exit code 3:0; .*\.log: error: .*");
            full.ErrorLine.ShouldContain("no space left on device", Case.Insensitive);
            File.ReadAllText(Logs()[0]).ShouldContain($"warning: {small}");
            FullDiskTests.Mount("-o", "remount,size=16m", store).ShouldBeTrue();
            var rest = Cli.Run(arguments, _environment);
            rest.ExitCode.ShouldBe(0, rest.Error);
            ResultsFile.ShouldBeTheSame(Run, _undisturbed.Run);
        }
        finally
        {
            FullDiskTests.Shell("umount", small).ShouldBeTrue();
            FullDiskTests.Shell("umount", store).ShouldBeTrue();
        }
    }

    // Its units cost so much by the plan's estimate, of which a pack takes a part.
    private string[] Scan(int tasks, params string[] more) =>
    [
        .. _undisturbed.Arguments(Run),
        "--engine", "slurm", "--engine-option", "time=30", "--engine-option", $"pack={Pack(tasks)}",
        .. more,
    ];

    private string Pack(int tasks)
    {
        if (!File.Exists(_folder.PathOf("plan/plan.json")))
        {
            Cli.Succeed(["plan", _folder.PathOf("plan"), .. _undisturbed.Arguments(Run)[1..^2]]);
        }

        var plan = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(_folder.PathOf("plan/plan.json")))!;
        var cost = plan["units"]!.AsArray().Sum(unit => unit!["cpu_seconds"]!.GetValue<double>());
        return (1.02 * cost / 60 / tasks).ToString("F6", CultureInfo.InvariantCulture);
    }

    private string Log() => File.Exists(Path.Combine(Run, "log.txt")) ? File.ReadAllText(Path.Combine(Run, "log.txt")) : "";

    private string[] Logs() => Directory.Exists(Path.Combine(Run, "batch"))
        ? Directory.GetFiles(Path.Combine(Run, "batch"), "*.log", SearchOption.AllDirectories)
        : [];

    private int InScratch() => Directory.GetFiles(Scratch, "*.units", SearchOption.AllDirectories).Length;

    private string Job() => JobNumber().Match(Log()).Groups[1].Value;

    private static int Finished(string log) =>
        FinishedUnits().Matches(log).Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    private List<int> Workers() =>
    [
        .. Process.GetProcessesByName("dotnet").Select(process => process.Id).Where(id =>
        {
            var file = $"/proc/{id}/cmdline";
            try
            {
                var words = File.ReadAllText(file).Split('\0');
                return words.Contains("work") && words.Contains(Run);
            }
            catch (IOException)
            {
                return false;
            }
        }),
    ];

    [GeneratedRegex(@": (\d+) units done, of ")]
    private static partial Regex FinishedUnits();

    [GeneratedRegex(@"tasks in jobs? (\d+)")]
    private static partial Regex JobNumber();
}
