using Sideband.Events;
using Sideband.Search.Settings;

namespace Sideband.Search.Tests.Settings;

/// <summary>
/// What was given is kept apart from what was filled in, so that a search file can be run with another profile or method.
/// </summary>
public sealed class GivenSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Another_profile_brings_its_own_numbers()
    {
        var path = Write(("profile", "quick"));
        var paper = SettingsReader.Load(path, (SettingKeys.ByName("profile", "test"), "paper"));
        (paper.Runs, paper.Members, paper.SigmaSys.Source).ShouldBe((10, 50, SigmaSystematicSource.Paper));
        SettingKeys.ByName("sideband_balance", "test").Show(paper).ShouldBe("none");
        SettingsReader.Load(path).Runs.ShouldBe(1);
    }

    [Fact]
    public void What_was_given_stays()
    {
        var path = Write(("profile", "quick"), ("runs", "7"), ("sideband_balance", "none"));
        var standard = SettingsReader.Load(path, (SettingKeys.ByName("profile", "test"), "standard"));
        (standard.Runs, standard.Members).ShouldBe((7, 50));
        SettingKeys.ByName("sideband_balance", "test").Show(standard).ShouldBe("none");
    }

    /// <summary>Keys are made anew once a method is registered: what was given by an earlier list was dropped without a word.</summary>
    [Fact]
    public void A_key_counts_by_its_name()
    {
        var earlier = SettingKeys.ByName("density_recipe", "test") with { Description = "of an earlier list" };
        var settings = SettingsReader.Apply(new SearchSettings(), [(earlier, "quick,width=32")]);
        settings.MethodOptions["density_recipe"].ShouldBe("quick,width=32");
        var gone = earlier with { Name = "recipe" };
        Should.Throw<ConfigurationException>(() => SettingsReader.Apply(new SearchSettings(), [(gone, "quick")]))
            .Message.ShouldStartWith("settings: unknown key 'recipe'; allowed: data, ");
    }

    [Fact]
    public void Values_that_another_program_filled_in_hold_until_what_they_depend_on_changes()
    {
        var path = _folder.PathOf("other.yaml");
        File.WriteAllText(path, "profile: quick\nmethod: cwola\nresolved:\n  runs: 2\n  members: 11\n");
        var settings = SettingsReader.Load(path);
        (settings.Runs, settings.Members).ShouldBe((2, 11));
        var other = SettingsReader.Load(path, (SettingKeys.ByName("profile", "test"), "standard"));
        (other.Runs, other.Members).ShouldBe((3, 50));
        SettingsReader.Load(path, (SettingKeys.ByName("working_points", "test"), "0.1")).Runs.ShouldBe(2);
    }

    [Fact]
    public void Another_grid_of_windows_moves_the_windows_of_the_shift()
    {
        var path = Write(("windows", "300:480:60:60"), ("mass", "m"));
        SettingsReader.Load(path, (SettingKeys.ByName("windows", "test"), "330:450:60:60"))
            .EffectiveDeltaSysWindows.Text.ShouldBe("330:450:60:60");
    }

    private string Write(params (string Key, string Text)[] entries)
    {
        var path = _folder.PathOf("search.yaml");
        var given = entries.Select(entry => (SettingKeys.ByName(entry.Key, "test"), entry.Text));
        File.WriteAllText(path, SettingsWriter.ToYaml(SettingsReader.Apply(new SearchSettings(), given)));
        return path;
    }
}
