using Sideband.Search.Engines.Batch;
using Sideband.Search.Engines.Slurm;

namespace Sideband.Search.Tests.Engines.Slurm;

/// <summary>
/// What Slurm says of tasks. Lines of squeue, scontrol and jobcomp/filetxt are those of Slurm 22.05.8, cut where nothing is read of them;
/// lines of sacct are written after its manual page, as no accounting database was there to give any.
/// </summary>
public sealed class SlurmRecordTests
{
    private const string Cut = "UserId=me(1000) GroupId=me(1000) Name=sideband", AtEnd = "DerivedExitCode=0:0 ExitCode=";

    private static readonly SubmittedJob[] Jobs = [new("4", 0, 4), new("5", 4, 2)];

    [Fact]
    public void Accounting_knows_single_tasks_those_that_wait_together_and_who_cancelled()
    {
        string[] lines =
        [
            "4_0|COMPLETED|0:0|node1",
            "4_1|CANCELLED by 1000|0:15|node2",
            "4_[2-3%2]|PENDING|0:0|None assigned",
            "5_0|OUT_OF_MEMORY|0:125|node3",
            "5_1|NODE_FAIL|1:0|node[3-4]",
        ];
        Together(lines.Select(SlurmRecord.OfAccounting)).ShouldBe(
        [
            new SlurmTask("4", 0, "COMPLETED", "0:0", "node1"),
            new SlurmTask("4", 1, "CANCELLED", "0:15", "node2"),
            new SlurmTask("4", 2, "PENDING", "0:0", ""),
            new SlurmTask("4", 3, "PENDING", "0:0", ""),
            new SlurmTask("5", 0, "OUT_OF_MEMORY", "0:125", "node3"),
            new SlurmTask("5", 1, "NODE_FAIL", "1:0", "node[3-4]"),
        ]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Slurm accounting storage is disabled")]
    [InlineData("4_0.batch|COMPLETED|0:0|node1")]
    [InlineData("JobID|State|ExitCode|NodeList")]
    [InlineData("4_0||0:0|node1")]
    public void What_is_no_task_of_the_accounting_is_left_out(string line) => SlurmRecord.OfAccounting(line).ShouldBeNull();

    [Fact]
    public void The_controller_says_what_never_began_as_a_task_before_it_failed()
    {
        string[] lines =
        [
            "JobId=8 ArrayJobId=4 ArrayTaskId=1 JobName=sideband UserId=me(1000) JobState=FAILED Reason=NonZeroExitCode "
                + "Dependency=(null) ExitCode=1:0 ReqNodeList=(null) ExcNodeList=(null) NodeList=node1 BatchHost=node1",
            "JobId=7 ArrayJobId=4 ArrayTaskId=0 JobName=sideband JobState=TIMEOUT Reason=TimeLimit ExitCode=0:15 NodeList=node1",
            "JobId=5 ArrayJobId=5 ArrayTaskId=0-1 JobName=sideband JobState=CANCELLED Reason=DependencyNeverSatisfied "
                + "Dependency=afterok:4_*(failed) ExitCode=0:0 NodeList=(null)",
        ];
        Together(lines.Select(SlurmRecord.OfKeys)).ShouldBe(
        [
            new SlurmTask("4", 0, "TIMEOUT", "0:15", "node1"),
            new SlurmTask("4", 1, "FAILED", "1:0", "node1"),
            new SlurmTask("5", 0, "DependencyNeverSatisfied", "0:0", ""),
            new SlurmTask("5", 1, "DependencyNeverSatisfied", "0:0", ""),
        ]);
    }

    [Fact]
    public void Waiting_tasks_that_somebody_cancelled_are_those_of_one_record_without_their_numbers()
    {
        string[] lines =
        [
            "JobId=7 ArrayJobId=4 ArrayTaskId=0 JobName=sideband JobState=FAILED Reason=NonZeroExitCode ExitCode=1:0 NodeList=node1",
            "JobId=4 ArrayJobId=4 ArrayTaskId=4294967294 ArrayTaskThrottle=1 JobName=sideband JobState=CANCELLED "
                + "Reason=JobArrayTaskLimit ExitCode=0:0 NodeList=(null)",
        ];
        Together(lines.Select(SlurmRecord.OfKeys)).Select(task => $"{task.Job}_{task.Task} {task.State}")
            .ShouldBe(["4_0 FAILED", "4_1 CANCELLED", "4_2 CANCELLED", "4_3 CANCELLED"]);
    }

    [Theory]
    [InlineData("COMPLETED", "0:0", "CANCELLED")]
    [InlineData("FAILED", "1:0", "DependencyNeverSatisfied")]
    public void Where_no_reason_is_noted_what_never_ran_waited_for_those_that_failed(string state, string code, string expected)
    {
        string[] lines =
        [
            .. Enumerable.Range(0, 4).Select(task =>
                $"JobId={7 + task} {Cut} JobState={state} NodeList=node1 NodeCnt=1 ArrayJobId=4 ArrayTaskId={task} {AtEnd}{code} "),
            $"JobId=5 {Cut} JobState=CANCELLED NodeList=(null) NodeCnt=0 EligibleTime=unknown {AtEnd}0:0 ",
        ];
        Together(lines.Select(SlurmRecord.OfKeys)).Where(task => task.Job == "5")
            .ShouldBe([new SlurmTask("5", 0, expected, "0:0", ""), new SlurmTask("5", 1, expected, "0:0", "")]);
    }

    [Fact]
    public void Of_a_task_that_ran_more_than_once_the_last_record_counts_and_other_jobs_do_not()
    {
        string[] lines =
        [
            $"JobId=4 {Cut} JobState=PREEMPTED NodeList=node1 ArrayJobId=4 ArrayTaskId=3 {AtEnd}0:0 ",
            $"JobId=4 {Cut} JobState=COMPLETED NodeList=node2 ArrayJobId=4 ArrayTaskId=3 {AtEnd}0:0 ",
            $"JobId=6 {Cut} JobState=COMPLETED NodeList=node2 {AtEnd}0:0 ",
        ];
        Together(lines.Select(SlurmRecord.OfKeys)).ShouldBe([new SlurmTask("4", 3, "COMPLETED", "0:0", "node2")]);
    }

    [Fact]
    public void The_queue_names_every_task()
    {
        SlurmRecord.OfQueue("4|3|PENDING|BeginTime|").ShouldBe(new SlurmRecord("4", 3, "PENDING", "BeginTime", "", ""));
        SlurmRecord.OfQueue("4|0|RUNNING|None|node1").ShouldBe(new SlurmRecord("4", 0, "RUNNING", "None", "", "node1"));
        SlurmRecord.OfQueue("4|N/A|CANCELLED|JobArrayTaskLimit|").ShouldBeNull();
    }

    private static IReadOnlyList<SlurmTask> Together(IEnumerable<SlurmRecord?> records) =>
        SlurmRecord.Together(Jobs, records.OfType<SlurmRecord>());
}
