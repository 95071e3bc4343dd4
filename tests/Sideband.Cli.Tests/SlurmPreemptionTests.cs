namespace Sideband.Cli.Tests;

/// <summary>Slurm itself takes a search's node away for a job of higher rank.</summary>
[Collection(SlurmCollection.Name)]
public sealed class SlurmPreemptionTests(SlurmLoopback slurm, ResumeTests.Undisturbed undisturbed) : IDisposable
{
    private readonly SlurmSearch _search = new(slurm, undisturbed);

    public void Dispose() => _search.Dispose();

    // PreemptMode=REQUEUE without, CANCEL with a grace time; a stopped worker is one at work, for Slurm wakes it before it ends it.
    [Theory]
    [InlineData("main", 1)]
    [InlineData("guest", 2)]
    public void A_preempted_task_writes_what_is_finished_and_what_is_left_is_done_later(string partition, int submissions)
    {
        using var scan = Cli.Start(_search.Scan(1, "--engine-option", $"partition={partition}"), _search.Environment);
        Waiting.Until(() => _search.InScratch() > 2, "units of a worker");
        _search.Signal("STOP");
        var before = _search.InScratch();
        slurm.TakeNode();
        _search.ShouldEndWell(scan);

        slurm.EndStates(_search.Job()).ShouldContain("PREEMPTED");
        _search.Submissions().ShouldBe(submissions);
        _search.Reports().ShouldBe(2);
        _search.Finished().ShouldBe(SlurmSearch.UnitCount);
        before.ShouldBeLessThan(SlurmSearch.UnitCount);
        Directory.GetDirectories(_search.Scratch).ShouldBeEmpty();
        Cli.Succeed("verify", _search.Run, "--quiet");
    }
}
