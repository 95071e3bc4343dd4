using System.Diagnostics;
using System.Runtime.InteropServices;
using Sideband.Numerics;

namespace Sideband.Cli.Tests;

/// <summary>However a search is interrupted, spread or threaded, its files are those of an undisturbed run.</summary>
public sealed class ResumeTests(ResumeTests.Undisturbed undisturbed) : IClassFixture<ResumeTests.Undisturbed>, IDisposable
{
    private const int UnitCount = 3 * 2 * 2 * 3;

    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.PathOf("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Killed_at_random_moments_five_times_in_a_row()
    {
        // Kills come at a random moment after some more units are finished, so that each of them meets the run at work.
        var random = RandomStream.For(1, "moments");
        for (var kill = 0; kill < 5; kill++)
        {
            var before = ResultsFile.UnitCount(Run);
            using var process = Cli.Start(undisturbed.Arguments(Run));
            Waiting.Until(() => ResultsFile.UnitCount(Run) >= before + 1 + random.NextInt(4), "some units");
            Thread.Sleep(random.NextInt(40));
            process.Kill();
            Cli.Finish(process).ExitCode.ShouldBe(128 + 9);
            File.Exists(Path.Combine(Run, "results.json")).ShouldBeFalse();
        }

        ResultsFile.UnitCount(Run).ShouldBeLessThan(UnitCount);
        Cli.Succeed(undisturbed.Arguments(Run));
        ResultsFile.ShouldBeTheSame(Run, undisturbed.Run);
    }

    [Fact]
    public void Killed_while_results_are_written()
    {
        using (var process = Cli.Start(undisturbed.Arguments(Run)))
        {
            Waiting.Until(() => Directory.Exists(Path.Combine(Run, "scores")), "the first results");
            process.Kill();
            Cli.Finish(process);
        }

        Cli.Succeed("scan", Run, "--quiet");
        ResultsFile.ShouldBeTheSame(Run, undisturbed.Run);
    }

    [Fact]
    public void One_thread_and_narrower_vectors()
    {
        Cli.Succeed(Toys.Changed(undisturbed.Arguments(Run), "--threads", "1"));
        ResultsFile.ShouldBeTheSame(Run, undisturbed.Run);
        var narrow = Cli.RunProcess(
            undisturbed.Arguments(_folder.PathOf("narrow")), new Dictionary<string, string> { ["DOTNET_EnableAVX512"] = "0" });
        narrow.ExitCode.ShouldBe(0, narrow.Error);
        ResultsFile.ShouldBeTheSame(_folder.PathOf("narrow"), undisturbed.Run);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, "INT")]
    [InlineData(PosixSignal.SIGTERM, "TERM")]
    public void A_signal_ends_the_run_cleanly_and_keeps_finished_units(PosixSignal signal, string name)
    {
        Assert.SkipWhen(IsIgnored(signal), $"{signal} is ignored by the process that runs the tests, and so by its children");
        using (var process = Cli.Start(undisturbed.Arguments(Run)))
        {
            Waiting.Until(() => ResultsFile.UnitCount(Run) > 2, "some units");
            Signals.Send(name, process.Id);
            var result = Cli.Finish(process);
            result.ExitCode.ShouldBe(130);
            result.Error.ShouldBe("interrupted; what is done is kept, and the same command goes on from there\n");
            result.Output.ShouldBeEmpty();
        }

        ResultsFile.UnitCount(Run).ShouldBeInRange(3, UnitCount - 1);
        File.Exists(Path.Combine(Run, "results.json")).ShouldBeFalse();
        Cli.Succeed("scan", Run, "--quiet");
        File.ReadAllText(Path.Combine(Run, "log.txt")).ShouldContain($"{UnitCount} units, ");
        ResultsFile.ShouldBeTheSame(Run, undisturbed.Run);
    }

    [Fact]
    public void Plan_work_and_collect_give_what_scan_gives()
    {
        Cli.Succeed(["plan", Run, .. undisturbed.Arguments(Run)[1..^2]])
            .Output.ShouldContain($"wrote {Run}/plan.json: units 1-{UnitCount}\n");
        Cli.Refuse(2, "collect", Run).ShouldStartWith($"{Run}: none of {UnitCount} units is done; do them with 'sideband work {Run} ");
        Cli.Succeed("work", Run, "--units", "20-36", "--quiet").Output.ShouldBe("units 20-36 are done\n");
        var status = Cli.Succeed("status", Run).Output;
        status.ShouldStartWith($"search: 17 of {UnitCount} units are done, 0 of them failed\n  open: units 1-19, about ");
        status.ShouldEndWith("\nno sideband process of this machine works in the run directory\n");
        Cli.Succeed("work", Run, "--units", "1-20", "--threads", "1", "--quiet");
        Cli.Succeed("collect", Run, "--quiet");
        ResultsFile.ShouldBeTheSame(Run, undisturbed.Run);
    }

    [Fact]
    public void What_is_not_done_is_undefined_in_partial_results_and_complete_ones_take_their_place()
    {
        Cli.Succeed(["plan", Run, .. undisturbed.Arguments(Run)[1..^2]]);
        Cli.Succeed("work", Run, "--units", "7-36", "--quiet");
        var collect = Cli.Run("collect", Run, "--quiet");
        collect.ExitCode.ShouldBe(4, collect.Error);
        collect.Error.ShouldBe(
            $"warning: {Run}: partial results: 6 of {UnitCount} units are not done (units 1-6); what needs them is undefined, and "
            + $"delta_sys is an average over the windows that are done; 'sideband scan {Run}' does the rest\n");

        // Only data of window 1 are missing: the other windows have what they have in the whole.
        var (partial, whole) = (ResultsFile.Read(Run), ResultsFile.Read(undisturbed.Run));
        partial["warnings"]![0]!.GetValue<string>().ShouldStartWith("partial results: 6 of ");
        partial["failures"]!.AsArray().Select(failure => failure!["work_unit"]!.GetValue<string>())
            .ShouldContain("experiment 0/data/window 1/run 2");
        var first = partial["windows"]![0]!["working_points"]![0]!;
        first["significance"]!["mean"].ShouldBeNull();
        first["reason"]!.GetValue<string>().ShouldContain("not done");
        foreach (var window in (int[])[1, 2])
        {
            partial["windows"]![window]!.ToJsonString().ShouldBe(whole["windows"]![window]!.ToJsonString());
        }

        File.Exists(Path.Combine(Run, "summary", "window_1.json")).ShouldBeFalse();
        File.Exists(Path.Combine(Run, "summary", "window_2.json")).ShouldBeTrue();
        Cli.Succeed("report", Run);
        Cli.Succeed("verify", Run, "--quiet");
        Cli.Refuse(2, "score", Run, undisturbed.Run + "/search.yaml").ShouldContain("is not done");
        Cli.Succeed("scan", Run, "--quiet");
        ResultsFile.ShouldBeTheSame(Run, undisturbed.Run);
    }

    [Fact]
    public void The_tasks_of_files_for_HTCondor_do_the_search()
    {
        // The files name the program that wrote them.
        var scan = Cli.RunProcess(
            [.. undisturbed.Arguments(Run), "--engine", "htcondor", "--engine-option", "mem=2G", "--engine-option", "pack=0.01"]);
        scan.ExitCode.ShouldBe(0, scan.Error);
        var batch = Path.Combine(Run, "batch", "1");
        scan.Output.ShouldContain($"next: condor_submit_dag {batch}/search.dag; when it has ended, the same command without --engine\n");
        File.ReadAllText(Path.Combine(batch, "search.dag")).ShouldBe($"JOB level_0 \"{batch}/level_0.sub\"\nRETRY level_0 2\n");
        var lines = File.ReadAllLines(Path.Combine(batch, "level_0.sub"));
        lines.ShouldContain("request_memory = 2G");
        lines.ShouldContain($"arguments = \"'{batch}/worker.sh' 0 $(Process)\"");
        var tasks = int.Parse(lines[^1]["queue ".Length..], System.Globalization.CultureInfo.InvariantCulture);
        tasks.ShouldBeInRange(2, UnitCount);
        for (var process = 0; process < tasks; process++)
        {
            using var worker = Process.Start("/bin/bash", [Path.Combine(batch, "worker.sh"), "0", $"{process}"]);
            worker.WaitForExit();
            worker.ExitCode.ShouldBe(0);
        }

        Cli.Succeed("scan", Run, "--quiet");
        File.ReadAllText(Path.Combine(Run, "log.txt")).ShouldContain($"{UnitCount} units, 0 open");
        ResultsFile.ShouldBeTheSame(Run, undisturbed.Run);
    }

    // The signal's bit in the mask of ignored signals, which children inherit.
    internal static bool IsIgnored(PosixSignal signal)
    {
        var number = signal == PosixSignal.SIGINT ? 2 : 15;
        var mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim();
        return (Convert.ToUInt64(mask, 16) >> (number - 1) & 1) == 1;
    }

    /// <summary>A search of a few seconds that nothing disturbs.</summary>
    public sealed class Undisturbed : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly Toys _toys;

        public Undisturbed(Toys toys)
        {
            _toys = toys;
            Cli.Succeed(Arguments(Run));
        }

        public string Run => _folder.PathOf("run");

        /// <summary>Its command line for a run directory, <c>--out</c> being the last option.</summary>
        public string[] Arguments(string run)
        {
            var more = _toys.Search("--quiet", "--out", run);
            return Toys.Changed(Toys.Changed(Toys.Changed(more, "--runs", "2"), "--folds", "3"), "--members", "20");
        }

        public void Dispose() => _folder.Dispose();
    }
}
