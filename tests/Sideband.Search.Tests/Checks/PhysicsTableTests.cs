using System.Runtime.CompilerServices;
using Sideband.Search.Checks;
using Sideband.Search.Inputs;
using Sideband.Search.Results;
using Sideband.Search.Settings;

namespace Sideband.Search.Tests.Checks;

/// <summary>Tables that are as they should be give no warning, with a resonance in them or without.</summary>
public class PhysicsTableTests
{
    [Fact]
    public void The_built_in_example_has_nothing_against_it()
    {
        var settings = new SearchSettings();
        var checks = SearchChecks.Of(settings, InputLoader.Load(settings));
        checks.Warnings.ShouldBeEmpty();
        checks.Results.Count(result => result.Check == MassDependence.Name).ShouldBe(9);
    }

    [Theory]
    [InlineData("baseline", "cwola")]
    [InlineData("baseline+delta_r", "cwola", "delta_r")]
    [InlineData("baseline+delta_r", "cathode")]
    public void LHC_Olympics_events_have_nothing_against_them_but_delta_r_for_strips(string features, string method, params string[] named)
    {
        var folder = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../../shared/data");
        var (data, signal) = (Path.Combine(folder, "qcd_pythia.features.h5"), Path.Combine(folder, "signal_xy_3500_500_100.features.h5"));
        Assert.SkipUnless(File.Exists(data), "../shared/data is not there");

        // A third of the events with a third of the signal that is searched for: what is off by its size is so here, too.
        var settings = SettingsReader.Apply(new SearchSettings(),
        [
            .. new[]
            {
                ("data", data + "[0:333333]"), ("inject", signal + ":333"), ("features", features), ("method", method),
                ("systematics", "none"),
            }.Select(entry => (SettingKeys.ByName(entry.Item1, "test"), entry.Item2)),
        ]);
        var checks = SearchChecks.Of(settings, InputLoader.Load(settings));
        checks.Results.Where(result => result.Outcome != CheckResult.Ok).Select(result => result.Feature).Distinct().ShouldBe(named);
        checks.Results.Where(result => result.Check == SpectrumCheck.Name).ShouldAllBe(result => Math.Abs(result.Value!.Value) < 0.06);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
