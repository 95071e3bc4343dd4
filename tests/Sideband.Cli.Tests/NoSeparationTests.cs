using System.Globalization;
using System.Text.Json.Nodes;
using Sideband.Inference.Counting;
using Sideband.Numerics;

namespace Sideband.Cli.Tests;

/// <summary>
/// A search whose one feature is 1 in a hundredth of the events and 0 in the others: a cut at eps_B = 0.1 takes all of them, and nothing
/// that any command makes of such counts is a number.
/// </summary>
public sealed class NoSeparationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.PathOf("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_command_makes_a_number_of_counts_that_do_not_separate()
    {
        Search("-0.2,-0.2");
        var point = Point();
        point["flags"]!.AsArray().Select(flag => (string)flag!).ShouldContain("no_separation");
        point["n_obs"]!["mean"]!.GetValue<double>().ShouldBe(ResultsFile.Read(Run)["windows"]![0]!["events"]!.GetValue<double>());
        point["epsilon_b_effective"]!.GetValue<double>().ShouldBe(1);
        ShouldBeUndefined(point["n_exp"]!["mean"], point["n_exp"]!["reason"]);
        ShouldBeUndefined(point["significance"]!["mean"], point["reason"]);

        Cli.Succeed("calibrate", Run, "--permutations", "19", "--quiet");
        ShouldBeUndefined(Point()["p_local_calibrated"]!["value"], Point()["p_local_calibrated"]!["reason"]);
        ShouldBeUndefined(Point()["kappa"]!["significance"], Point()["kappa"]!["reason"]);
        ShouldBeUndefined(Point()["kappa"]!["value"], Point()["kappa"]!["reason"]);

        Cli.Succeed("calibrate", Run, "--split", "half", "--quiet");
        ShouldBeUndefined(Point()["p_local_calibrated"]!["value"], Point()["p_local_calibrated"]!["reason"]);

        var signal = Write("signal.csv", 300, "1");
        Cli.Succeed("inject", Run, "--signal", signal, "--strengths", "60", "--draws", "2", "--quiet");
        var rule = ResultsFile.Read(Run)["limits"]![0]!["rules"]![0]!;
        ShouldBeUndefined(rule["observed"]!["strength"], rule["observed"]!["reason"]);

        Cli.Succeed("fit", Run, "--sqrt-s", "13", "--mass-range", "2:4", "--toys", "0", "--quiet");
        var fits = ResultsFile.Read(Run)["fits"]!.AsArray();
        fits[0]!["significance"]!["mean"].ShouldNotBeNull("without a cut there is a spectrum to fit");
        ShouldBeUndefined(fits[1]!["significance"]!["mean"], fits[1]!["reason"]);
    }

    [Fact]
    public void Exports_leave_the_point_out_and_say_so()
    {
        Search("0.2,0.2");
        var exported = Cli.Run("export", Run, "--pyhf", "--hepdata");
        exported.ExitCode.ShouldBe(0);
        var readme = File.ReadAllText(Path.Combine(Run, "export", "README.md"));
        readme.ShouldContain($"- window 1, eps_B = 0.1: left out, {Threshold.NoSeparation}");
        var workspace = Path.Combine(Run, "export", "pyhf", "window_1.json");
        (File.Exists(workspace) && File.ReadAllText(workspace).Contains("eps_0.1", StringComparison.Ordinal)).ShouldBeFalse();
        var counts = JsonNode.Parse(File.ReadAllText(Path.Combine(Run, "export", "hepdata", "counts.yaml")))!;
        counts["dependent_variables"]!.AsArray().Take(2).Select(column => column!["values"]![0]!["value"]!.ToJsonString())
            .ShouldBe(["\"-\"", "\"-\""]);
        File.ReadAllText(Path.Combine(Run, "export", "hepdata", "submission.yaml"))
            .ShouldContain("because the cut does not separate (no_separation): in window 1 at a background efficiency of 0.1");
    }

    private static void ShouldBeUndefined(JsonNode? value, JsonNode? reason)
    {
        value.ShouldBeNull();
        ((string)reason.ShouldNotBeNull()!).ShouldContain(Threshold.NoSeparation);
    }

    private JsonNode Point() => ResultsFile.Point(ResultsFile.Read(Run), 0, 0);

    private void Search(string shift) => Cli.Succeed(
        "scan", "--data", Write("data.csv", 12_000, null), "--mc", Write("mc.csv", 12_000, null), "--out", Run,
        "--mass", "m", "--features", "b", "--windows", "2.8:3.2",
        "--systematics=" + shift, "--sigma-sys", "0.02,0.02", "--profile", "quick", "--working-points", "0.1,0.01", "--quiet");

    // A falling spectrum; b as given, or 1 in a hundredth of the events.
    private string Write(string name, int events, string? feature)
    {
        var random = RandomStream.For(1, name);
        return _folder.Write(
            name,
            [
                "m,b",
                .. Enumerable.Range(0, events).Select(_ => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{2 + (2 * Math.Pow(random.NextDouble(), 1.5)):R},{feature ?? (random.NextDouble() < 0.01 ? "1" : "0")}")),
            ]);
    }
}
