using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Sideband.Search.Settings;

namespace Sideband.Search.Tests.Settings;

/// <summary>search.yaml, which a run writes, read back gives the same settings, whatever they are.</summary>
public sealed class SettingsRoundTripTests
{
    // Texts that a format could take for something else, and paths as people have them.
    private static readonly Gen<string> Words = Gen.Elements(
        "m", "mjj", "tau21 j1", "null", "~", "true", "1e5", "0x1F", "a: b", "#mass", "x #y", "- x",
        "'q'", "\"q\"", "µ_jj", "[0]", "{a}", "&a", "*a", "!t", "%", "@", "|", ">");

    private static readonly Gen<string> Files =
        from folder in Gen.Elements(
            "", "/data/", "../", "C d/", "/very/long/" + string.Concat(Enumerable.Repeat("folder name/", 20)),
            "a: b/", "#/", "  two  spaces/")
        from name in Gen.Elements("events.h5", "é.npz", "null", "a'b\"c.csv", "x[1]y.csv", "- .csv")
        from range in Gen.Elements("", "[0:500000]", "[7:]")
        select folder + name + range;

    private static readonly Gen<string> Numbers = Gen.Choose(1, 99_999)
        .Select(n => (n / 100_000.0).ToString("R", CultureInfo.InvariantCulture));

    private static readonly Gen<string> Lists = Numbers.NonEmptyListOf().Select(list => string.Join(',', list.Distinct()));

    private static readonly Gen<string> Grids = Gen.Elements("1-9", "5", "1,3-5", "3.1:3.9:0.1:0.4", "3.3:3.7,3.4:3.8", "2e3:3e3");

    private static Gen<string> ValuesOf(SettingKey key) => key.Name switch
    {
        "data" or "mc" or "simulation" or "ideal_background" or "signal" or "store" => Files,
        "test" => Files.NonEmptyListOf().Select(files => string.Join(',', files)),
        "inject" => from file in Files from n in Gen.Choose(1, 9999) from seed in Gen.Elements("", ":0", ":17") select $"{file}:{n}{seed}",
        "method" => Gen.Elements("cwola", "ideal", "supervised", "cathode", "anode", "combined"),
        "mass" or "features" or "weight" => Words,
        "windows" or "delta_sys_windows" => Grids,
        "sideband" => Numbers,
        "mass_range" => Gen.Elements("2.5:5", "-1:1", "0.1:0.30000000000000004", "1e-3:1e22"),
        "working_points" => Lists,
        "profile" => Gen.Elements("quick", "standard", "paper"),
        "runs" or "members" or "features_per_member" or "threads" =>
            Gen.Choose(1, 4096).Select(n => n.ToString(CultureInfo.InvariantCulture)),
        "folds" => Gen.Choose(2, 100).Select(n => n.ToString(CultureInfo.InvariantCulture)),
        "seed" or "classifier_seed" => Gen.Elements("0", "1", "18446744073709551615"),
        "systematics" => Gen.OneOf(Gen.Elements("mc", "sideband", "mc+sideband", "labels", "none", "method"), Lists),
        "sigma_sys" => Gen.OneOf(Gen.Elements("paper", "spread"), Lists),
        "sideband_balance" => Gen.Elements("mass", "none"),
        "density" => Gen.Elements("flow-matching", "maf", "spline"),
        "density_recipe" => Gen.Elements("quick", "standard", "paper", "standard,epochs=5,width=64", "quick,learning_rate=1e-3"),
        "weight_cap" => Gen.OneOf(Gen.Constant("none"), Gen.Choose(2, 50).Select(n => n.ToString(CultureInfo.InvariantCulture))),
        "transport" => Gen.Elements("auto", "flow-matching", "spline"),
        "transport_sidebands" => Gen.Choose(1, 20).Select(n => (0.25 * n).ToString(CultureInfo.InvariantCulture)),
        "combine" => Gen.Elements("cathode,curtains", "salad,feta,anode"),
        "combine_level" => Gen.Elements("samples", "scores"),
        "oversampling" => Gen.Choose(1, 100).Select(n => n.ToString(CultureInfo.InvariantCulture)),
        "classifier" => Gen.Elements("trees", "network"),
        "missing" => Gen.Elements("drop", "keep"),
        _ when key.IsSwitch => Gen.Elements("true", "false"),
        _ => throw new InvalidOperationException($"no values are known for the new key {key.Name}"),
    };

    private static readonly Gen<(SettingKey Key, string Text)[]> Entries =
        from chosen in Gen.SubListOf<SettingKey>([.. SettingKeys.All])
        from texts in Gen.CollectToArray<SettingKey, string>(chosen, ValuesOf)
        select chosen.Zip(texts).ToArray();

    [Fact]
    public void Every_setting_survives_search_yaml() => Prop.ForAll(Entries.ToArbitrary(), entries =>
    {
        var settings = SettingsReader.Apply(new SearchSettings(), entries).WithFullPaths("/");
        var yaml = SettingsWriter.ToYaml(settings);
        var again = FromYaml(yaml);
        SettingKeys.All.Select(key => (key.Name, key.Show(again))).ShouldBe(SettingKeys.All.Select(key => (key.Name, key.Show(settings))));
        SettingsWriter.ToYaml(again).ShouldBe(yaml);
        SettingsWriter.Hash(again).ShouldBe(SettingsWriter.Hash(settings));
        SettingsWriter.Differences(again, settings).ShouldBeEmpty();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_key_is_read_as_it_is_shown() => Prop.ForAll(
        Gen.Elements<SettingKey>([.. SettingKeys.All]).SelectMany(key => ValuesOf(key).Select(text => (key, text))).ToArbitrary(),
        entry =>
        {
            var once = entry.key.Apply(new SearchSettings(), entry.text);
            var shown = entry.key.Show(once);
            shown.ShouldNotBeNull();
            entry.key.Show(entry.key.Apply(new SearchSettings(), shown)).ShouldBe(shown);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Defaults_are_those_of_the_contract()
    {
        var shown = SettingKeys.All.Select(key => (key.Name, Value: key.Show(new SearchSettings())))
            .Where(entry => entry.Value is not null);
        string.Join('\n', shown.Select(entry => $"{entry.Name}: {entry.Value}")).ShouldBe(
            """
            background_only: false
            method: cwola
            mass: mjj
            features: baseline
            windows: 1-9
            delta_sys_windows: 1-9
            sideband: 0.2
            working_points: 0.01,0.001,0.0001
            profile: standard
            runs: 3
            folds: 5
            members: 50
            seed: 1
            systematics: method
            sigma_sys: spread
            classifier: trees
            missing: drop
            blind: false
            keep_template_scores: false
            sideband_balance: mass
            """);
    }

    [Fact]
    public void Profile_paper_brings_its_rule_and_its_numbers()
    {
        var settings = SettingKeys.ByName("profile", "test").Apply(new SearchSettings(), "paper");
        settings.SigmaSys.Source.ShouldBe(SigmaSystematicSource.Paper);
        (settings.Runs, settings.Members).ShouldBe((10, 50));
    }

    [Fact]
    public void Threads_and_store_change_no_result()
    {
        SettingKeys.All.Where(key => !key.ChangesResults).Select(key => key.Name).ShouldBe(["threads", "store"]);
    }

    [Fact]
    public void Working_points_fall_whatever_their_order() =>
        SettingKeys.ByName("working_points", "test").Apply(new SearchSettings(), "0.001,0.1,0.01")
            .WorkingPoints.ShouldBe([0.1, 0.01, 0.001]);

    private static SearchSettings FromYaml(string yaml)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("search.yaml"), yaml);
        return SettingsReader.Load(folder.PathOf("search.yaml"));
    }
}
