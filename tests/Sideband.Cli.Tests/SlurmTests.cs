namespace Sideband.Cli.Tests;

/// <summary>
/// Searches on a real Slurm, and what happens to clusters: nothing is lost, and nothing done twice beyond what was in flight.
/// </summary>
[Collection(SlurmCollection.Name)]
public sealed class SlurmTests(SlurmLoopback slurm, ResumeTests.Undisturbed undisturbed) : IDisposable
{
    private readonly SlurmSearch _search = new(slurm, undisturbed);

    public void Dispose() => _search.Dispose();

    [Fact]
    public void A_scan_gives_what_it_gives_here_and_a_second_one_submits_nothing()
    {
        // About six tasks: two arrays of a cluster whose arrays have four tasks at most.
        var result = Cli.RunProcess(_search.Scan(6), _search.Environment);
        result.ExitCode.ShouldBe(0, result.Error);
        _search.ShouldBeDone();
        _search.Finished().ShouldBe(SlurmSearch.UnitCount);
        _search.Log().ShouldMatch(@"slurm: submission 1: \d tasks in jobs \d+, \d+\n");
        Directory.GetDirectories(_search.Scratch).ShouldBeEmpty();

        // The units of a task are one file of the store.
        ResultsFile.UnitCount(_search.Run).ShouldBe(_search.Logs().Length);
        Cli.RunProcess(_search.Scan(6), _search.Environment).ExitCode.ShouldBe(0);
        _search.Submissions().ShouldBe(1);
    }

    [Fact]
    public void Workers_of_a_lost_node_and_killed_ones_cost_what_was_in_flight_alone()
    {
        using var scan = Cli.Start(_search.Scan(4), _search.Environment);
        Waiting.Until(() => _search.InScratch() > 0, "a unit of a worker");
        var lost = _search.Workers();
        slurm.LoseNode();
        Waiting.Until(() => _search.Workers().Except(lost).Any(), "workers on the node that came back");
        foreach (var worker in _search.Workers().Except(lost))
        {
            Signals.Send("KILL", worker);
        }

        _search.ShouldEndWell(scan);

        // Workers that were killed say nothing of what they did; of the others none did what was done.
        _search.Finished().ShouldBeInRange(SlurmSearch.UnitCount / 2, SlurmSearch.UnitCount);
        Cli.Succeed("verify", _search.Run, "--quiet");
    }

    [Fact]
    public void A_controller_that_dies_and_forgets_what_it_did_not_save_costs_what_was_in_flight_at_most()
    {
        using var scan = Cli.Start(_search.Scan(4), _search.Environment);
        Waiting.Until(() => _search.InScratch() > 0, "a unit of a worker");
        slurm.KillController();
        Waiting.Until(() => _search.Log().Contains("controller does not answer", StringComparison.Ordinal), "the controller to be missed");
        slurm.RestartController();
        _search.ShouldEndWell(scan);

        // Two workers were at it, each with a fourth of the units, or a few more where these are cheap.
        _search.Finished().ShouldBeInRange(SlurmSearch.UnitCount / 2, 2 * SlurmSearch.UnitCount);
    }

    [Fact]
    public void What_was_cancelled_is_submitted_by_the_same_command_alone()
    {
        using (var scan = Cli.Start(_search.Scan(2), _search.Environment))
        {
            Waiting.Until(() => _search.InScratch() > 0, "a unit of a worker");
            slurm.Ask("scancel", _search.Job());
            var result = Cli.Finish(scan);
            result.ExitCode.ShouldBe(3, result.Error);
            result.ErrorLine.ShouldContain("units are not done; jobs were cancelled");
            result.ErrorLine.ShouldEndWith("the same command submits what is left");
        }

        // What they had finished they wrote.
        ResultsFile.UnitCount(_search.Run).ShouldBeGreaterThan(0);
        Cli.RunProcess(["status", _search.Run], _search.Environment).Output
            .ShouldMatch(@"submission 1, job \d+: of \d tasks 0 run, 0 wait, \d failed");
        var rest = Cli.RunProcess(_search.Scan(2), _search.Environment);
        rest.ExitCode.ShouldBe(0, rest.Error);
        _search.ShouldBeDone();
        _search.Submissions().ShouldBe(2);
    }

    [Fact]
    public void Tasks_that_were_cancelled_while_they_waited_are_not_submitted_unasked()
    {
        // Four tasks in one array, of which the node takes two.
        using (var scan = Cli.Start(_search.Scan(4), _search.Environment))
        {
            Waiting.Until(() => _search.InScratch() > 0, "a unit of a worker");
            _search.Signal("STOP");
            slurm.Ask("scancel", "--state=PENDING", _search.Job());
            _search.Signal("CONT");
            var result = Cli.Finish(scan);
            result.ExitCode.ShouldBe(3, result.Error);
            result.ErrorLine.ShouldContain("units are not done; jobs were cancelled");
        }

        // The running ones did what was theirs.
        _search.Submissions().ShouldBe(1);
        _search.Finished().ShouldBeInRange(1, SlurmSearch.UnitCount - 1);
        _search.Reports().ShouldBe(_search.Logs().Length);
    }

    [Fact]
    public void Before_its_time_limit_a_task_writes_what_is_finished_and_is_queued_again()
    {
        using var scan = Cli.Start(_search.Scan(1), _search.Environment);
        Waiting.Until(() => _search.InScratch() > 0, "a unit of a worker");
        slurm.Ask("scancel", "--signal=USR1", "--batch", _search.Job());
        _search.ShouldEndWell(scan);
        _search.Logs().ShouldHaveSingleItem();
        _search.Written().ShouldContain("queued again before the time limit");
        _search.Reports().ShouldBe(2);
        _search.Finished().ShouldBe(SlurmSearch.UnitCount);
    }

    [Fact]
    public void A_full_scratch_disk_costs_nothing_and_a_full_store_is_named_with_its_log()
    {
        var (small, store) = (_search.PathOf("small"), _search.PathOf("store"));
        Directory.CreateDirectory(small);
        Directory.CreateDirectory(store);
        Assert.SkipUnless(FullDiskTests.Mount("-t", "tmpfs", "-o", "size=8k", "none", small), "mounting a small disk needs root");
        FullDiskTests.Mount("-t", "tmpfs", "-o", "size=64k", "none", store).ShouldBeTrue();
        try
        {
            _search.Environment["TMPDIR"] = small;
            var arguments = _search.Scan(1, "--store", store);
            var full = Cli.RunProcess(arguments, _search.Environment);
            full.ExitCode.ShouldBe(3, full.Error);
            full.ErrorLine.ShouldMatch(
                @"units are not done after \d submissions; task \d+_0 on .*: FAILED, exit code 3:0; .*\.log: error: .*");
            full.ErrorLine.ShouldContain("no space left on device", Case.Insensitive);
            File.ReadAllText(_search.Logs()[0]).ShouldContain($"warning: {small}");
            FullDiskTests.Mount("-o", "remount,size=16m", store).ShouldBeTrue();
            var rest = Cli.RunProcess(arguments, _search.Environment);
            rest.ExitCode.ShouldBe(0, rest.Error);
            _search.ShouldBeDone();
        }
        finally
        {
            FullDiskTests.Shell("umount", small).ShouldBeTrue();
            FullDiskTests.Shell("umount", store).ShouldBeTrue();
        }
    }
}
