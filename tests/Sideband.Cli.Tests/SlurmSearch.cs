using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sideband.Cli.Tests;

/// <summary>A Slurm and an undisturbed search that the tests of batch systems share; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SlurmCollection : ICollectionFixture<SlurmLoopback>, ICollectionFixture<ResumeTests.Undisturbed>
{
    public const string Name = "Slurm";
}

/// <summary>A search of 36 units on Slurm, and what a test sees of it.</summary>
internal sealed partial class SlurmSearch : IDisposable
{
    public const int UnitCount = 36;

    private readonly ResumeTests.Undisturbed _undisturbed;
    private readonly TemporaryFolder _folder = new();

    public SlurmSearch(SlurmLoopback slurm, ResumeTests.Undisturbed undisturbed)
    {
        Assert.SkipUnless(slurm.Missing is null, slurm.Missing ?? "");
        _undisturbed = undisturbed;
        slurm.Clear();
        Directory.CreateDirectory(Scratch);
        Environment = new Dictionary<string, string>(slurm.Variables) { ["TMPDIR"] = Scratch };
    }

    public Dictionary<string, string> Environment { get; }

    public string Run => _folder.PathOf("run");

    public string Scratch => _folder.PathOf("scratch");

    public void Dispose() => _folder.Dispose();

    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>The command of a search in so many tasks: of what its units cost by the plan's estimate a pack takes a part.</summary>
    public string[] Scan(int tasks, params string[] more) =>
    [
        .. _undisturbed.Arguments(Run),
        "--engine", "slurm", "--engine-option", "time=30", "--engine-option", $"pack={Pack(tasks)}",
        .. more,
    ];

    /// <summary>The same with another time limit.</summary>
    public string[] ScanWithin(int minutes, int tasks) =>
        [.. Scan(tasks).Select(word => word == "time=30" ? $"time={minutes}" : word)];

    /// <summary>The end of a command that must succeed, with the results of the undisturbed search.</summary>
    public void ShouldEndWell(Process scan)
    {
        var result = Cli.Finish(scan);
        result.ExitCode.ShouldBe(0, $"{result.Error}\n{Log()}");
        ShouldBeDone();
    }

    public void ShouldBeDone() => ResultsFile.ShouldBeTheSame(Run, _undisturbed.Run);

    public string Log() => File.Exists(Path.Combine(Run, "log.txt")) ? File.ReadAllText(Path.Combine(Run, "log.txt")) : "";

    public string[] Logs() => Directory.Exists(Path.Combine(Run, "batch"))
        ? Directory.GetFiles(Path.Combine(Run, "batch"), "*.log", SearchOption.AllDirectories)
        : [];

    /// <summary>What tasks wrote.</summary>
    public string Written() => string.Concat(Logs().Select(File.ReadAllText));

    public int Submissions() => Directory.GetDirectories(Path.Combine(Run, "batch")).Length;

    public int InScratch() => Directory.GetFiles(Scratch, "*.units", SearchOption.AllDirectories).Length;

    /// <summary>The number of the first job array.</summary>
    public string Job() => JobNumber().Match(Log()).Groups[1].Value;

    /// <summary>How many times workers told of units that they finished.</summary>
    public int Reports() => FinishedUnits().Count(Written());

    /// <summary>Units that workers say they finished; of killed ones nothing is known.</summary>
    public int Finished() =>
        FinishedUnits().Matches(Written()).Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    public List<int> Workers() =>
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

    public void Signal(string name)
    {
        foreach (var worker in Workers())
        {
            Signals.Send(name, worker);
        }
    }

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

    [GeneratedRegex(@": (\d+) units done, of ")]
    private static partial Regex FinishedUnits();

    [GeneratedRegex(@"tasks in jobs? (\d+)")]
    private static partial Regex JobNumber();
}
