namespace Sideband.Cli.Tests;

/// <summary>What killed commands left unfinished goes with the next command, and is not in its way.</summary>
public sealed class LeftOverTests(Toys toys) : IDisposable
{
    private const string Unfinished = ".0123456789abcdef0123456789abcdef.tmp";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Temporary_files_of_dead_processes()
    {
        var (run, other, compared) = (_folder.PathOf("run"), _folder.PathOf("other"), _folder.PathOf("compared"));
        Cli.Succeed(toys.Search("--out", run, "--quiet"));
        Cli.Succeed(toys.Search("--classifier-seed", "2", "--out", other, "--quiet"));
        string[] compare = ["compare", run, other, "--trainings", "0", "--out", compared];
        Leaves("report.html", run, "report", run);
        Leaves("figures/a.csv", run, "report", run);
        Leaves("export/pyhf/window_1.json", run, "export", run, "--pyhf");
        Leaves("scored/signal.json", run, "score", run, toys.Signal);
        Leaves("results.json", run, "collect", run);
        Leaves("experiments.json", run, "calibrate", run, "--permutations", "19");
        Leaves("summary/window_1.npz", run, "collect", run);
        Leaves("events.npz", _folder.PathOf(""), "simulate", "--events", "100", "--out", _folder.PathOf("events.npz"));
        Cli.Succeed([.. compare, "--quiet"]);
        Leaves("tables/a.csv", compared, compare);

        // As it is killed before its first table.
        Directory.Delete(Path.Combine(compared, "tables"), recursive: true);
        File.Delete(Path.Combine(compared, "comparison.html"));
        Leaves("comparison.html", compared, compare);
    }

    private static void Leaves(string name, string folder, params string[] command)
    {
        var path = Path.Combine(folder, name + Unfinished);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "half of a fi");
        Cli.Succeed([.. command, "--quiet"]);
        File.Exists(path).ShouldBeFalse(name);
    }
}
