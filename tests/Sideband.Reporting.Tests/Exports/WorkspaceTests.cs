using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Sideband.Inference.Calibration;
using Sideband.Inference.Counting;
using Sideband.Numerics;
using Sideband.Reporting.Exports;
using Sideband.Search.Results;

namespace Sideband.Reporting.Tests.Exports;

/// <summary>
/// Workspaces give the numbers of pyhf (tests/Reference/exports/pyhf_ref.py), by the likelihood that their JSON says, and keep to the
/// format.
/// </summary>
public class WorkspaceTests
{
    // The minima are found to 1e-6 of ln L, and pyhf's own to about 1e-6.
    private const double Tolerance = 3e-5;

    [Fact]
    public void CLs_of_one_bin() => Model(Bin(50, 7, 55, 10)).Cls(1).ShouldBe(0.45418893, Tolerance);

    [Fact]
    public void Discovery_p_value_of_one_bin() =>
        NormalDistribution.UpperTail(Model(Bin(50, 7, 80, 25)).Significance()).ShouldBe(0.00393688, Tolerance);

    [Fact]
    public void CLs_and_limit_of_two_bins()
    {
        var model = Model(Bin(50, 3, 51, 12), Bin(52, 7, 48, 11) with { Beyond = null });
        model.Cls(1).ShouldBe(0.05251497, Tolerance);
        model.Cls(1.01156939).ShouldBe(0.05, Tolerance);
    }

    [Fact]
    public void A_template_counted_in_a_sideband_gives_Li_and_Ma() =>
        Model(Bin(100, 5, 140, 10)).Significance().ShouldBe(3.3308110, Tolerance);

    [Fact]
    public void A_systematic_shift_agrees_with_equation_6()
    {
        // pyhf: 3.454; equation 6 has a Gaussian constraint for both errors together.
        var shifted = Bin(140, 140 / Math.Sqrt(484), 250, 10) with { Shift = 0.16 * 140 };
        var z = Model(shifted).Significance();
        z.ShouldBe(3.454, 0.002);
        var equation6 = Significance.Of(250, 140, (1.0 / 484) + (0.16 * 0.16)).Value!.Value;
        equation6.ShouldBe(3.498, 0.001);
        z.ShouldBe(equation6, 0.05);
    }

    [Fact]
    public void Bins_are_what_lies_between_two_cuts()
    {
        // 1000 and 100 expected events, 30 and 5 % of shift; 10000 and 900 template events.
        var (bins, notes) = Bins(Point(0.01, 1100, 1000, 10000, 0.3), Point(0.001, 180, 100, 900, 0.05));
        notes.ShouldBeEmpty();
        bins.Count.ShouldBe(2);
        (bins[0].Observed, bins[0].Background, bins[0].Beyond).ShouldBe((920, 900, 0.001));
        bins[0].TemplateEvents.ShouldBe(9100, 1e-6);
        bins[0].Shift.ShouldBe(295, 1e-9);
        (bins[1].Observed, bins[1].Background, bins[1].Beyond).ShouldBe((180, 100, null));
        bins.Select(bin => bin.Name).ShouldBe(["eps_0.01_to_0.001", "eps_0.001"]);
    }

    [Fact]
    public void Calibrated_errors_have_kappa()
    {
        var (loose, hard) = (Point(0.01, 1100, 1000, 10000, 0.3), Point(0.001, 180, 100, 900, 0.05));
        KappaResult Kappa(double value) => new(value, 0.1, 0, 200, 0, null, null);
        var (bins, _) = Bins(loose with { Kappa = Kappa(1.5) }, hard with { Kappa = Kappa(2) });
        bins[0].TemplateEvents.ShouldBe(1 / ((1.5 / 9100) + (0.5 / 900)), 1e-6);
        bins[1].TemplateEvents.ShouldBe(1 / ((2.0 / 900) + (1.0 / 100)), 1e-6);

        // The hardest cut alone has the significance of equation 6 with kappa in its errors, to what is said above of its constraint.
        var z = Model([bins[1] with { Shift = 0 }]).Significance();
        z.ShouldBe(Significance.Of(180, 100, CorrelatedBackground.RelativeVariance(100, 1.0 / 900, 0, 2)).Value!.Value, 0.1);
        Bins(loose with { Kappa = Kappa(0.7) }, hard).Bins[0].TemplateEvents.ShouldBe(9100, 1e-6);
    }

    [Fact]
    public void A_shift_that_falls_from_cut_to_cut_moves_the_bin_against_the_others()
    {
        var (bins, _) = Bins(Point(0.01, 1100, 1000, 10000, 0.05), Point(0.001, 180, 100, 900, 0.6));
        bins[0].Shift.ShouldBe(-10, 1e-9);
        var workspace = Workspace.Of(5, bins);
        var modifier = workspace["channels"]![0]!["samples"]![0]!["modifiers"]![1]!;
        ((string?)modifier["type"]).ShouldBe("histosys");
        ((double)modifier["data"]!["hi_data"]![0]!).ShouldBe(890, 1e-9);
        ((double)modifier["data"]!["lo_data"]![0]!).ShouldBe(910, 1e-9);
        WorkspaceChecks.Faults(workspace).ShouldBeEmpty();
        IsValid(workspace).ShouldBeTrue();
    }

    [Fact]
    public void A_cut_without_background_of_its_own_is_left_out_and_said()
    {
        var (bins, notes) = Bins(Point(0.01, 200, 90, 10000, 0), Point(0.001, 180, 100, 900, 0));
        bins.ShouldHaveSingleItem().EpsilonB.ShouldBe(0.001);
        notes.ShouldBe(["window 5, eps_B = 0.01: left out, no background is expected between it and the next harder cut"]);
    }

    [Fact]
    public void A_run_that_failed_at_one_cut_is_no_part_of_a_difference()
    {
        var hard = Runs(Point(0.0001, 8, 5, 900, 0), [8, null], [5, null]);
        var loose = Runs(Point(0.001, 6, 7, 9000, 0.5), [10, 2], [9, 5]);
        var (bins, notes) = Bins(loose, hard);
        notes.ShouldBeEmpty();
        (bins[0].Observed, bins[0].Background, bins[0].Shift).ShouldBe((2, 4, 4.5));
        (bins[1].Observed, bins[1].Background).ShouldBe((8, 5));
        (bins, notes) = Bins(loose with { NObs = hard.NObs }, Runs(hard, [null, 8], [null, 5]));
        bins.ShouldHaveSingleItem().Observed.ShouldBe(8);
        notes.ShouldBe(["window 5, eps_B = 0.001: left out, no run has both this cut and the next harder one"]);
    }

    [Fact]
    public void A_cut_that_fewer_events_pass_than_a_harder_one_is_left_out_and_said()
    {
        var (bins, notes) = Bins(Point(0.01, 6, 90, 10000, 0), Point(0.001, 8, 10, 900, 0));
        bins.ShouldHaveSingleItem().EpsilonB.ShouldBe(0.001);
        notes.ShouldBe(["window 5, eps_B = 0.01: left out, fewer events pass it than the next harder cut"]);
    }

    public static TheoryData<string, Action<JsonObject>> Damages => new()
    {
        { "no signal in any bin", workspace => workspace["channels"]![0]!["samples"]![1]!["data"]![0] = 0.0 },
        { "no background in bin 0", workspace => First(workspace)["data"]![0] = 0.0 },
        { "an observation is below 0", workspace => workspace["observations"]![0]!["data"]![0] = -2.0 },
        { "1 bins, 2 observed", workspace => workspace["observations"]![0]!["data"]!.AsArray().Add(1.0) },
        { "lo and hi must be above 0", workspace => First(workspace)["modifiers"]![1]!["data"]!["lo"] = 0.0 },
        { "2 bins in place of 1", workspace => First(workspace)["modifiers"]![0]!["data"]!.AsArray().Add(1.0) },
        { "the parameter of interest 'nu' is no modifier", workspace => workspace["measurements"]![0]!["config"]!["poi"] = "nu" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void What_the_schema_allows_and_no_program_can_use_is_found(string fault, Action<JsonObject> damage)
    {
        var workspace = Workspace.Of(5, [Bin(140, 6, 250, 10) with { Shift = 22 }]);
        WorkspaceChecks.Faults(workspace).ShouldBeEmpty();
        damage(workspace);
        IsValid(workspace).ShouldBeTrue();
        WorkspaceChecks.Faults(workspace).ShouldContain(line => line.Contains(fault));
    }

    [Fact]
    public void The_schema_refuses_what_is_no_workspace()
    {
        var workspace = Workspace.Of(5, [Bin(140, 6, 250, 10)]);
        IsValid(workspace).ShouldBeTrue();
        workspace["version"] = "2";
        IsValid(workspace).ShouldBeFalse();
    }

    internal static bool IsValid(JsonNode document, string schema = "histfactory") =>
        JsonSchema.FromText(File.ReadAllText(PathOf($"../../Reference/exports/{schema}.json")))
            .Evaluate(JsonSerializer.SerializeToElement(document)).IsValid;

    private static JsonNode First(JsonObject workspace) => workspace["channels"]![0]!["samples"]![0]!;

    // Signal in events at mu = 1.
    private static ScoreBin Bin(double background, double error, double observed, double signal) => new(
        0.01, 0.001, observed, background, Math.Pow(background / error, 2), 0, signal);

    private static HistFactoryModel Model(params ScoreBin[] bins)
    {
        var workspace = Workspace.Of(5, bins);
        WorkspaceChecks.Faults(workspace).ShouldBeEmpty();
        return new HistFactoryModel(workspace);
    }

    private static (IReadOnlyList<ScoreBin> Bins, IReadOnlyList<string> Notes) Bins(params WorkingPointResult[] points)
    {
        var window = ScanResults.Typical().Windows[1] with { WorkingPoints = points };
        return ScoreBin.Of(window, WorkspaceSignal.Of(ScanResults.Typical(), window.Number, ScoreBin.Cuts(window)));
    }

    private static WorkingPointResult Runs(WorkingPointResult point, double?[] observed, double?[] expected) =>
        point with { NObs = point.NObs with { Runs = observed }, NExp = point.NExp with { Runs = expected } };

    private static WorkingPointResult Point(double epsilon, double observed, double expected, double template, double systematic) =>
        ScanResults.Typical().Windows[1].WorkingPoints[0] with
        {
            EpsilonB = epsilon,
            NObs = new RunValues(observed, null, [observed], null),
            NExp = new RunValues(expected, null, [expected], null),
            SigmaSys = systematic,
            SigmaExp = Math.Sqrt((1 / template) + (systematic * systematic)),
        };

    private static string PathOf(string relative, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, relative);
}
