using System.Text.Json.Nodes;

namespace Sideband.Cli.Tests;

/// <summary>Working points at the edge of what the events allow: flagged, or a failed cell with its reason, never a wrong number.</summary>
public sealed class WorkingPointTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fewer_than_three_and_fewer_than_one_template_event_expected()
    {
        // About 500 template events in a test fold: 50, 2 and 0.25 are expected above the threshold.
        var arguments = Toys.Changed(toys.SearchWith("--working-points", "0.1,0.004,0.0005"), "--members", "10");
        var result = Cli.Succeed([.. arguments, "--out", _folder.PathOf("run")]);
        var results = ResultsFile.Read(_folder.PathOf("run"));
        for (var window = 0; window < 3; window++)
        {
            Flags(ResultsFile.Point(results, window, 0)).ShouldNotContain("few_template_events");
            Flags(ResultsFile.Point(results, window, 1)).ShouldContain("few_template_events");
            var failed = ResultsFile.Point(results, window, 2);
            failed["significance"]!["mean"].ShouldBeNull();
            failed["n_obs"]!["mean"].ShouldBeNull();
            failed["n_exp"]!["reason"]!.GetValue<string>()
                .ShouldContain("template events expected above the threshold in a test fold; at least 1 needed");
            failed["reason"]!.GetValue<string>().ShouldContain("at least 1 needed");
        }

        var failures = results["failures"]!.AsArray().Select(failure => failure!["work_unit"]!.GetValue<string>());
        failures.ShouldBe(["window 1/eps_B 0.0005", "window 2/eps_B 0.0005", "window 3/eps_B 0.0005"]);
        result.Output.ShouldContain("3 failure(s), the first: window 1/eps_B 0.0005: ");
    }

    [Fact]
    public void Ties_and_an_effective_efficiency_far_off_are_flagged()
    {
        // A feature of three values gives at most three scores a fold, so half of the template is tied at the threshold.
        string[] Coarse(ulong seed) => [.. Toys.Lines(seed, 4000, 0, label: false).Select((line, i) =>
            i == 0 ? line : $"{line.Split(',')[0]},{i * 7 % 3},{i * 5 % 2}")];
        var data = _folder.Write("coarse.csv", Coarse(7));
        var arguments = Toys.SearchOf(data, "--mc", _folder.Write("coarse-mc.csv", Coarse(8)), "--out", _folder.PathOf("run"));
        var shown = Cli.Succeed(arguments).Output;
        shown.ShouldContain("* epsilon_b_off (");
        shown.ShouldContain("windows 1-3 at 0.02");
        shown.ShouldNotContain("ties_at_threshold");
        var results = ResultsFile.Read(_folder.PathOf("run"));
        for (var window = 0; window < 3; window++)
        {
            var point = ResultsFile.Point(results, window, 1);
            Flags(point).ShouldBe(["ties_at_threshold", "epsilon_b_off"]);
            point["epsilon_b_effective"]!.GetValue<double>().ShouldBeGreaterThan(1.25 * 0.02);
        }
    }

    private static string[] Flags(JsonNode point) => [.. point["flags"]!.AsArray().Select(flag => flag!.GetValue<string>())];
}
