using System.Text.Json.Nodes;

namespace Sideband.Cli.Tests;

/// <summary>Other events, and the search's own, scored by the classifiers of a finished search.</summary>
public sealed class ScoreTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.PathOf("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_searchs_own_events_pass_as_often_as_it_counted()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        Cli.Succeed("score", Run, toys.Data, "--quiet").Output.ShouldBe($"wrote {Path.Combine(Run, "scored", "data.json")}\n");
        var (results, scored) = (ResultsFile.Read(Run), Scored("data"));
        for (var window = 0; window < 3; window++)
        {
            var found = scored["windows"]![window]!;
            found["trained_on"]!.GetValue<int>().ShouldBe(results["windows"]![window]!["events"]!.GetValue<int>());
            for (var point = 0; point < 2; point++)
            {
                var efficiency = found["all"]![point]!;
                efficiency["events"]!.GetValue<int>().ShouldBe(found["trained_on"]!.GetValue<int>());
                efficiency["passing"]!.GetValue<double>()
                    .ShouldBe(ResultsFile.Point(results, window, point)["n_obs"]!["mean"]!.GetValue<double>());
            }
        }
    }

    [Fact]
    public void Files_of_one_name_are_refused_because_one_would_take_the_others_place()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        var other = _folder.PathOf("data.txt");
        File.Copy(toys.Data, other);
        Cli.Refuse(2, "score", Run, toys.Data, toys.Signal, other).ShouldBe(
            $"score: '{toys.Data}' and '{other}' would both be written to scored/data.json; give one of the files another name");
        Directory.Exists(Path.Combine(Run, "scored")).ShouldBeFalse();
    }

    [Fact]
    public void A_damaged_unit_is_moved_aside_with_a_warning_and_named()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        foreach (var path in Directory.GetFiles(Path.Combine(Run, "work"), "*.units"))
        {
            File.WriteAllText(path, "damaged");
        }

        var result = Cli.Run("score", Run, toys.Signal);
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("warning: ");
        result.Error.ShouldContain($"it was moved to {Path.Combine(Run, "work", "aside")}, and its units are done again\n");
        result.Error.ShouldContain($"error: {Run}: unit 1 (experiment 0/data/window 1/run 1/fold 1) is not done; ");
    }

    private JsonNode Scored(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Run, "scored", name + ".json")))!;
}
