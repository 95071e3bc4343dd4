using System.Globalization;
using System.Text;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Search.Engines.Batch;
using Sideband.Search.Runs;
using Sideband.Search.Units;

namespace Sideband.Search.Engines.HtCondor;

/// <summary>
/// Submit files for HTCondor: a DAG with a node for each level of tasks, which queues them all and is tried again where some failed.
/// Nothing is submitted. Nodes of the pool must see the run directory, the inputs and the program under the same paths.
/// </summary>
public static class CondorFiles
{
    public const string DagFile = "search.dag";

    private const string ScriptFile = "worker.sh";

    private const int Retries = 2;

    // What the program may need of the environment in which it is submitted. Pools may refuse 'getenv = true', and TMPDIR is the node's.
    private const string Environment = "HOME, USER, PATH, LANG, LC_ALL, TZ, LD_LIBRARY_PATH, DOTNET_*, SIDEBAND_*";

    // Units that wait for others take 16 MB, a few of them at work at most as much again; the rest is room. Some pools refuse to guess.
    private const string Disk = "1GB";

    // A pool tells its cores to nobody: tasks of 40 minutes, or as many as this where that would be fewer.
    private const int AssumedCores = 50;

    /// <summary>Writes a submission.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="open">Units to do, in plan order.</param>
    /// <param name="choice">What was asked for.</param>
    /// <param name="program">Command words of this program on the nodes.</param>
    /// <exception cref="OutputException">The files cannot be written.</exception>
    /// <exception cref="ConfigurationException">A run directory that submit files cannot hold.</exception>
    public static Submission Write(
        RunDirectory directory, IReadOnlyList<WorkUnit> open, EngineChoice choice, IReadOnlyList<string> program)
    {
        // A quote would end one, $ begins a macro, and DAGMan takes a backslash for an escape.
        if (directory.Root.FirstOrDefault(letter => letter is '"' or '\'' or '$' or '\\' or '\n') is var letter and not '\0')
        {
            throw new ConfigurationException(
                $"--engine htcondor: {directory.Root} has {letter} in its name, which submit files cannot hold");
        }

        var submission = Submission.Create(directory, TaskPacking.Of(open, AssumedCores, choice));
        Write(submission.PathOf(ScriptFile), Script(submission, directory.Root, choice, program));
        var (dag, first) = (new StringBuilder(), 0);
        foreach (var level in submission.Tasks.GroupBy(task => task.Level))
        {
            var name = FormattableString.Invariant($"level_{level.Key}");
            Write(submission.PathOf(name + ".sub"), Level(submission, first, level.Count(), choice));
            dag.Append(CultureInfo.InvariantCulture, $"JOB {name} \"{submission.PathOf(name)}.sub\"\nRETRY {name} {Retries}\n");
            if (level.Key > 0)
            {
                dag.Append(CultureInfo.InvariantCulture, $"PARENT level_{level.Key - 1} CHILD {name}\n");
            }

            first += level.Count();
        }

        Write(submission.PathOf(DagFile), dag.ToString());
        return submission;
    }

    // Submit files do not add: the shell does.
    private static string Script(Submission submission, string root, EngineChoice choice, IReadOnlyList<string> program) => $"""
        #!/bin/bash
        # Task $1 + $2 of submission {submission.Number}. HTCondor ends it with SIGTERM, after which it is queued again.
        exec {BatchCommand.Of(program, root)} \
            --task {submission.Number}:$(( $1 + $2 )) --threads {choice.Cpus} --quiet

        """;

    private static string Level(Submission submission, int first, int tasks, EngineChoice choice)
    {
        var lines = new List<string>
        {
            "universe = vanilla",
            "executable = /bin/bash",
            FormattableString.Invariant($"arguments = \"'{submission.PathOf(ScriptFile)}' {first} $(Process)\""),
            "transfer_executable = false",
            "should_transfer_files = no",
            $"getenv = {Environment}",
            FormattableString.Invariant($"request_cpus = {choice.Cpus}"),
            $"request_disk = {Disk}",
            $"output = {submission.LogFolder}/$(Cluster)_$(Process).log",
            $"error = {submission.LogFolder}/$(Cluster)_$(Process).err",
            $"log = {submission.PathOf("condor.log")}",
        };
        if (choice.Memory is { } memory)
        {
            lines.Add($"request_memory = {memory}");
        }

        if (choice.Account is { } account)
        {
            lines.Add($"accounting_group = {account}");
        }

        return string.Join('\n', lines.Append(FormattableString.Invariant($"queue {tasks}"))) + "\n";
    }

    private static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
