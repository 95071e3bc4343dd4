using System.Text;
using Sideband.Events;
using Sideband.Search.Engines.Batch;
using Sideband.Search.Engines.HtCondor;
using Sideband.Search.Plan;
using Sideband.Search.Runs;

namespace Sideband.Search.Tests.Engines.HtCondor;

/// <summary>
/// Submit files, read by the rules of HTCondor's manual (condor_submit, DAGMan), as no HTCondor was there to read them.
/// </summary>
public sealed class CondorFilesTests : IDisposable
{
    // Submit commands of the manual that mean what is wanted here.
    private static readonly string[] Commands =
    [
        "universe", "executable", "arguments", "transfer_executable", "should_transfer_files", "getenv", "request_cpus", "request_disk",
        "request_memory", "accounting_group", "output", "error", "log",
    ];

    private static readonly SearchPlan Plan = Planner.Make(
        Toy.Settings(("method", "cathode"), ("systematics", "none")), Toy.Inputs(Toy.Background("condor", 4000)), new GaussianDensities());

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run")]
    [InlineData("a run (50%) #1, märz & co; v=2")]
    public void Every_command_is_HTCondors_and_words_with_blanks_stay_one(string name)
    {
        var submission = Write(name, "account=atlas.search", "mem=4G", "cpus=2", "pack=0.001");
        var levels = submission.Tasks.GroupBy(task => task.Level).ToArray();
        levels.Length.ShouldBeGreaterThan(2);
        var first = 0;
        foreach (var level in levels)
        {
            var file = submission.PathOf($"level_{level.Key}.sub");
            var commands = Read(file, out var queued);
            commands.Keys.ShouldBeSubsetOf(Commands);
            queued.ShouldBe(level.Count());
            commands["universe"].ShouldBe("vanilla");
            Words(commands["arguments"]).ShouldBe([submission.PathOf("worker.sh"), $"{first}", "$(Process)"]);
            File.Exists(commands["executable"]).ShouldBeTrue();
            commands["request_cpus"].ShouldBe("2");
            commands["request_memory"].ShouldMatch("^[0-9]+[KMGT]B?$");
            commands["request_disk"].ShouldMatch("^[0-9]+[KMGT]B?$");
            commands["accounting_group"].ShouldBe("atlas.search");
            commands["getenv"].Split(", ").ShouldAllBe(variable => variable.All(c => char.IsAsciiLetterUpper(c) || c == '_' || c == '*'));
            foreach (var key in (string[])["output", "error", "log"])
            {
                Directory.Exists(Path.GetDirectoryName(commands[key])).ShouldBeTrue(commands[key]);
            }

            // Each job its own files.
            commands["output"].ShouldEndWith("/$(Cluster)_$(Process).log");
            commands["error"].ShouldEndWith("/$(Cluster)_$(Process).err");
            first += level.Count();
        }

        first.ShouldBe(submission.Tasks.Count);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("a run (50%) #1, märz & co; v=2")]
    public void The_DAG_names_a_node_for_each_level_behind_the_one_before(string name)
    {
        var submission = Write(name, "pack=0.001");
        var (nodes, edges) = (new Dictionary<string, string>(), new List<(string, string)>());
        foreach (var words in File.ReadLines(submission.PathOf(CondorFiles.DagFile)).Select(DagWords))
        {
            switch (words)
            {
                case ["JOB", var node, var file]:
                    nodes.Add(node, file);
                    break;
                case ["RETRY", var node, var times]:
                    nodes.Keys.ShouldContain(node);
                    int.Parse(times, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 10);
                    break;
                case ["PARENT", var parent, "CHILD", var child]:
                    edges.Add((parent, child));
                    break;
                default:
                    Assert.Fail($"no command of a DAG: {string.Join('|', words)}");
                    break;
            }
        }

        string[] levels = [.. submission.Tasks.Select(task => $"level_{task.Level}").Distinct()];
        nodes.Keys.ShouldBe(levels);
        nodes.ShouldAllBe(node => node.Value == submission.PathOf(node.Key + ".sub") && File.Exists(node.Value));
        edges.ShouldBe(levels.Zip(levels.Skip(1)));
    }

    [Theory]
    [InlineData("a\"b", '"')]
    [InlineData("it's", '\'')]
    [InlineData("$HOME", '$')]
    [InlineData("a\\b", '\\')]
    public void A_name_that_submit_files_cannot_hold_is_refused(string name, char letter) =>
        Should.Throw<ConfigurationException>(() => Write(name)).Message
            .ShouldBe($"--engine htcondor: {_folder.PathOf(name)} has {letter} in its name, which submit files cannot hold");

    private Submission Write(string name, params string[] options) => CondorFiles.Write(
        RunDirectory.Create(_folder.PathOf(name), Plan.Settings),
        Plan.Units,
        EngineChoice.Parse("htcondor", options),
        ["dotnet", "it's.dll"]);

    // KEY = VALUE a line, # a comment, a backslash at the end goes on; queue N last and once.
    private static Dictionary<string, string> Read(string file, out int queued)
    {
        var lines = File.ReadAllLines(file);
        lines.ShouldAllBe(line => line.Length > 0 && !line.StartsWith('#') && !line.EndsWith('\\'));
        lines[^1].ShouldMatch("^queue [0-9]+$");
        queued = int.Parse(lines[^1][6..], System.Globalization.CultureInfo.InvariantCulture);
        var pairs = lines[..^1].Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries)).ToArray();
        pairs.ShouldAllBe(pair => pair.Length == 2 && pair[1].Length > 0);

        // Macros are those that every job has.
        foreach (var value in pairs.Select(pair => pair[1].Replace("$(Process)", "").Replace("$(Cluster)", "")))
        {
            value.ShouldNotContain("$");
        }

        return pairs.ToDictionary(pair => pair[0], pair => pair[1]);
    }

    // The new syntax: "...", within which blanks separate, '...' holds blanks, '' within it is ', and "" is ".
    private static List<string> Words(string text)
    {
        text[0].ShouldBe('"');
        text[^1].ShouldBe('"');
        var (words, word, quoted, begun) = (new List<string>(), new StringBuilder(), false, false);
        var inner = text[1..^1].Replace("\"\"", "\u0001");
        inner.ShouldNotContain("\"");
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\'' && quoted && i + 1 < inner.Length && inner[i + 1] == '\'')
            {
                word.Append('\'');
                i++;
            }
            else if (inner[i] == '\'')
            {
                (quoted, begun) = (!quoted, true);
            }
            else if (inner[i] == ' ' && !quoted)
            {
                End();
            }
            else
            {
                word.Append(inner[i] == '\u0001' ? '"' : inner[i]);
                begun = true;
            }
        }

        quoted.ShouldBeFalse();
        End();
        return words;

        void End()
        {
            if (begun)
            {
                words.Add(word.ToString());
                word.Clear();
                begun = false;
            }
        }
    }

    // Blanks separate; "..." holds them, and what is within may have neither " nor \.
    private static string[] DagWords(string line)
    {
        var parts = line.Split('"');
        (parts.Length % 2).ShouldBe(1);
        return [.. parts.SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }
}
