namespace Sideband.Cli.Tests;

/// <summary>Slurm itself ends tasks at a time limit of a minute, the shortest that it has.</summary>
[Collection(SlurmCollection.Name)]
public sealed class SlurmLimitTests(SlurmLoopback slurm, ResumeTests.Undisturbed undisturbed) : IDisposable
{
    private readonly SlurmSearch _search = new(slurm, undisturbed);

    public void Dispose() => _search.Dispose();

    [Fact]
    [Trait("Category", "Long")]
    public void A_task_that_is_slower_than_expected_writes_what_is_finished_before_its_limit_and_is_queued_again()
    {
        using var scan = Cli.Start(_search.ScanWithin(1, 1), _search.Environment);
        Waiting.Until(() => _search.InScratch() > 0, "a unit of a worker");

        // A node with the fiftieth part of a core to spare, until Slurm gives its signal.
        while (_search.Workers() is { Count: > 0 } && !_search.Written().Contains("interrupted", StringComparison.Ordinal))
        {
            _search.Signal("STOP");
            Thread.Sleep(500);
            _search.Signal("CONT");
            Thread.Sleep(10);
        }

        _search.ShouldEndWell(scan);
        _search.Written().ShouldContain("queued again before the time limit");
        _search.Submissions().ShouldBe(1);
        _search.Reports().ShouldBeGreaterThan(1);
        _search.Finished().ShouldBe(SlurmSearch.UnitCount);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void A_task_that_does_not_answer_the_signal_is_ended_by_Slurm_and_costs_what_was_in_flight()
    {
        using var scan = Cli.Start(_search.ScanWithin(1, 1), _search.Environment);
        Waiting.Until(() => _search.InScratch() > 0, "a unit of a worker");
        var lost = _search.InScratch();
        while (_search.Submissions() == 1)
        {
            _search.Signal("STOP");
            Thread.Sleep(20);
        }

        _search.Signal("CONT");
        _search.ShouldEndWell(scan);
        slurm.EndStates(_search.Job()).ShouldContain("TIMEOUT");
        _search.Log().ShouldContain(": TIMEOUT, exit code ");
        _search.Finished().ShouldBeInRange(SlurmSearch.UnitCount - lost, SlurmSearch.UnitCount);
    }
}
