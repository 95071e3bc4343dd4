using System.Text.Json.Nodes;

namespace Sideband.Cli.Tests;

/// <summary>results.json follows the contract, whatever the search.</summary>
public sealed class ResultsShapeTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_keys_are_those_of_the_contract()
    {
        // Data with labels, an injection, test events and a working point that fails, so that every part of the schema is there.
        var arguments = Toys.SearchOf(
            toys.Labelled + "[0:3000]", "--mc", toys.MonteCarlo,
            "--inject", toys.Signal + "[0:300]:100", "--test", toys.Labelled + "[3000:]");
        var (results, text) = Run(Toys.Changed(arguments, "--working-points", "0.1,0.0005"), "run");
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        Collect(results, "", keys);
        Cli.Succeed("fit", _folder.PathOf("run"), "--sqrt-s", "13", "--mass-range", "3:7", "--toys", "100", "--quiet");
        var fitted = ResultsFile.Read(_folder.PathOf("run"));
        Collect(fitted["fits"]!, "fits", keys);
        ShouldHaveReasons(fitted);

        // The quality of learned templates, by a density that is far too short trained to be good.
        var (learned, _) = Run(
            [.. Toys.SearchOf(toys.Data, "--method", "cathode", "--systematics", "none", "--density-recipe", LearnedMethodTests.Tiny)],
            "learned");
        Collect(learned["template_quality"]!, "template_quality", keys);
        ShouldHaveReasons(learned);
        string.Join('\n', keys)
            .ShouldBe(string.Join('\n', File.ReadAllLines(Repository.PathOf("tests/Sideband.Cli.Tests/Snapshots/results.keys.txt"))));
        text.ShouldNotContain("NaN", Case.Sensitive);
        text.ShouldNotContain("Infinity", Case.Sensitive);
        results["schema"]!.GetValue<string>().ShouldBe("sideband.scan/1");
        results["trials"]!.GetValue<int>().ShouldBe(6);
        results["inputs"]!.AsArray().Select(input => input!["role"]!.GetValue<string>()).ShouldBe(["data", "inject", "mc", "test"]);
    }

    [Fact]
    public void Every_null_has_a_reason_beside_it()
    {
        // One run (no standard deviation), and a working point that fails.
        var (results, _) = Run(toys.SearchWith("--working-points", "0.1,0.0005"), "run");
        ShouldHaveReasons(results);
        var (blind, _) = Run(toys.Search("--blind"), "blind");
        ShouldHaveReasons(blind);
    }

    private static void ShouldHaveReasons(JsonNode results)
    {
        foreach (var part in (string[])["windows", "delta_sys", "validation", "template_quality", "fits"])
        {
            foreach (var node in Objects(results[part]))
            {
                // Without a cut a fit has no epsilon_b, and where many events are expected no p by toys; claim_withheld is itself a reason;
                // p-values that are null by contract until calibrated say so in p_local_kind; required_n_obs is for blind searches.
                var nulls = node.Where(entry =>
                    entry.Key is not ("reason" or "p_local_calibrated" or "p_global" or "kappa" or "required_n_obs" or "largest_excess"
                        or "epsilon_b" or "claim_withheld" or "p_toys")
                    && HasNull(entry.Value));
                foreach (var (key, _) in nulls)
                {
                    node.ContainsKey("reason").ShouldBeTrue($"{node.GetPath()}.{key}");
                    node["reason"]?.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
                    node["reason"].ShouldNotBeNull($"{node.GetPath()}.{key}");
                }
            }
        }
    }

    private static bool HasNull(JsonNode? value) => value is null || (value is JsonArray array && array.Any(item => item is null));

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject entry => entry.SelectMany(pair => Objects(pair.Value)).Prepend(entry),
        JsonArray array => array.SelectMany(Objects),
        _ => [],
    };

    // Paths such as windows[].n_obs.mean; the keys of dropped, repaired, stages and settings are data and stand as one star.
    private static void Collect(JsonNode? node, string path, SortedSet<string> keys)
    {
        switch (node)
        {
            case JsonObject when path is "inputs[].dropped" or "inputs[].repaired" or "timing.stages" or "provenance.settings":
                keys.Add(path + ".*");
                break;
            case JsonObject entries:
                foreach (var (key, value) in entries)
                {
                    Collect(value, $"{path}.{key}".TrimStart('.'), keys);
                }

                break;
            case JsonArray array:
                keys.Add(path + "[]");
                foreach (var item in array)
                {
                    Collect(item, path + "[]", keys);
                }

                break;
            default:
                keys.Add(path);
                break;
        }
    }

    private (JsonNode Results, string Text) Run(string[] arguments, string run)
    {
        Cli.Succeed([.. arguments, "--out", _folder.PathOf(run), "--quiet"]);
        return (ResultsFile.Read(_folder.PathOf(run)), File.ReadAllText(Path.Combine(_folder.PathOf(run), "results.json")));
    }
}
