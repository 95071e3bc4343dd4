using System.Globalization;
using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;
using Sideband.Search.Settings;
using Sideband.Search.Units;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Tests.Units;

/// <summary>A unit has another key exactly where its result could be another.</summary>
public sealed class UnitKeysTests
{
    private static readonly EventTable Data = Toy.Background("keys", 3000);

    private static readonly EventTable MonteCarlo = Toy.Background("keys mc", 3000);

    private static readonly EventTable Test = Toy.Background("keys test", 500).Concat(Toy.Signal("keys signal", 100));

    // Every option that the cases below change, at another value than theirs.
    private static readonly (string Key, string Text)[] Cathode =
    [
        ("method", "cathode"), ("systematics", "mc+sideband"), ("members", "3"),
        ("density", "flow-matching"), ("density_recipe", "standard"), ("oversampling", "4"),
    ];

    [Theory]
    [InlineData("density_recipe", "standard,epochs=3", "density,quality,sample,fold,test")]
    [InlineData("density", "maf", "density,quality,sample,fold,test")]
    [InlineData("seed", "2", "density,quality,sample,fold,test")]
    [InlineData("oversampling", "5", "sample,fold,test")]
    [InlineData("members", "4", "fold,test")]
    [InlineData("features_per_member", "1", "fold,test")]
    [InlineData("features_per_member", "2", "")]
    [InlineData("classifier_seed", "1", "fold,test")]
    [InlineData("folds", "4", "fold,test")]
    [InlineData("classifier", "network", "fold,test")]
    [InlineData("profile", "paper", "quality,fold,test")]
    [InlineData("sideband", "0.4", "")]
    [InlineData("working_points", "0.3", "")]
    [InlineData("sigma_sys", "paper", "")]
    [InlineData("runs", "2", "")]
    [InlineData("threads", "1", "")]
    [InlineData("store", "somewhere", "")]
    [InlineData("keep_template_scores", "true", "")]
    [InlineData("missing", "drop", "")]
    [InlineData("systematics", "mc", "")]
    [InlineData("blind", "true", "")]
    public void A_changed_option_changes_the_units_that_read_it_and_those_that_need_them(string key, string text, string stages) =>
        Changed(Keys(Toy.Settings(Cathode)), Keys(Toy.Settings([.. Cathode, (key, text)]))).ShouldBe(stages);

    [Theory]
    [InlineData("sideband", "0.4", "fold")]
    [InlineData("sideband_balance", "none", "fold")]
    [InlineData("profile", "quick", "")]
    public void The_same_of_a_method_without_stages(string key, string text, string stages)
    {
        (string, string)[] cwola = [("systematics", "mc"), ("sideband_balance", "mass")];
        Dictionary<string, string> With(params (string, string)[] more) => KeysOf(Toy.Settings([.. cwola, .. more]), MonteCarlo, null);
        Changed(With(), With((key, text))).ShouldBe(stages);
    }

    [Theory]
    [InlineData("salad", "weight_cap", "5", "quality,fold")]
    [InlineData("salad", "profile", "standard", "reweighting,quality,fold")]
    [InlineData("feta", "profile", "standard", "transport,quality,images,fold")]
    [InlineData("feta", "transport", "spline", "transport,quality,images,fold")]
    [InlineData("feta", "sideband", "0.4", "")]
    [InlineData("curtains", "transport", "spline", "transport,quality,images,fold")]
    [InlineData("curtains", "transport_sidebands", "1", "transport,quality,images,fold")]
    [InlineData("combined", "combine_level", "scores", "fold")]
    [InlineData("combined", "combine", "curtains,cathode", "fold")]
    public void The_same_of_methods_that_learn_to_change_events(string method, string key, string text, string stages)
    {
        (string, string)[] settings =
        [
            ("method", method), ("systematics", "none"), ("profile", "quick"), ("members", "3"), ("runs", "1"),
            ("transport_sidebands", "1.5"),
        ];
        var inputs = Toy.Inputs(Data, simulation: method == "curtains" ? null : MonteCarlo);
        Dictionary<string, string> With(params (string, string)[] more) =>
            Planner.Make(Toy.Settings([.. settings[..(method == "curtains" ? 6 : 5)], .. more]), inputs)
                .Units.ToDictionary(unit => unit.Name, unit => unit.Key);
        Changed(With(), With((key, text))).ShouldBe(stages);
    }

    [Fact]
    public void Which_units_change_is_what_their_stages_declare()
    {
        // The table above by hand; here from the declarations alone: the classifier's options and those of the folds.
        var (plan, other) = (Make(Toy.Settings(Cathode)), Make(Toy.Settings([.. Cathode, ("members", "4")])));
        bool Reads(WorkUnit unit) => unit.Stage.Reads.Options.Contains(typeof(ClassifierOptions)) || unit.Needs.Any(Reads);
        foreach (var (unit, changed) in plan.Units.Zip(other.Units, (unit, after) => (unit, unit.Key != after.Key)))
        {
            changed.ShouldBe(Reads(unit), unit.Name);
        }

        plan.Units.Any(Reads).ShouldBeTrue();
        plan.Units.All(Reads).ShouldBeFalse();
    }

    [Fact]
    public void Events_change_the_units_of_the_samples_that_hold_them()
    {
        var settings = Toy.Settings(Cathode);
        var keys = Keys(settings);
        var fewer = MonteCarlo.Select([.. Enumerable.Range(0, 2999)]);
        foreach (var (name, same) in KeysOf(settings, fewer, Test).Select(entry => (entry.Key, entry.Value == keys[entry.Key])))
        {
            same.ShouldBe(!name.Contains("/mc/", StringComparison.Ordinal), name);
        }

        Changed(keys, KeysOf(settings, MonteCarlo, Test.Select([.. Enumerable.Range(0, 500)]))).ShouldBe("test");
        var (ideal, signal) = (Toy.Background("unread ideal", 500), Toy.Signal("unread signal", 500));
        var unread = Planner.Make(settings, Toy.Inputs(Data, MonteCarlo, ideal, signal, Test));
        unread.Units.ToDictionary(unit => unit.Name, unit => unit.Key).ShouldBe(keys);
    }

    [Fact]
    public void Labels_and_weights_belong_to_the_events()
    {
        var settings = Toy.Settings(("method", "supervised"), ("windows", "4.5:5.5"));
        var signal = Toy.Signal("keys training signal", 600);
        string[] KeysWith(EventTable data) => [.. Planner.Make(settings, Toy.Inputs(data, signal: signal)).Units.Select(unit => unit.Key)];
        EventTable With(byte[]? labels, double[]? weights) => new(
            Data.MassName,
            Data.Mass.ToArray(),
            Data.FeatureNames,
            [Data.Feature(0).ToArray(), Data.Feature(1).ToArray()],
            Data.Sources,
            Data.SourceIndex.ToArray(),
            Data.Rows.ToArray(),
            labels,
            weights);

        var labels = Data.Labels.ToArray();
        var keys = KeysWith(Data);
        KeysWith(With(labels, null)).ShouldBe(keys);
        KeysWith(With([1, .. labels[1..]], null)).Intersect(keys).ShouldBeEmpty();
        KeysWith(With(labels, [.. labels.Select(_ => 1.0)])).Intersect(keys).ShouldBeEmpty();
    }

    [Fact]
    public void A_window_has_the_same_keys_whatever_its_number()
    {
        (int Number, string Key)[] Searched(string windows) =>
            [.. Make(Toy.Settings([.. Cathode, ("windows", windows), ("delta_sys_windows", "4:6:1:1")])).Units
                .Where(unit => unit.Window.SignalRegion.Low == 5.5)
                .Select(unit => (unit.Window.Number, unit.Key))
                .OrderBy(unit => unit.Key, StringComparer.Ordinal)];

        var (inGrid, alone) = (Searched("4:6:1:1"), Searched("5.5:6.5"));
        inGrid.ShouldAllBe(unit => unit.Number == 3);
        alone.ShouldContain(unit => unit.Number == 1);
        alone.Select(unit => unit.Key).ShouldBe(inGrid.Select(unit => unit.Key));
    }

    [Fact]
    public void Every_key_is_its_units_own()
    {
        var plan = Make(Toy.Settings([.. Cathode, ("runs", "2")]));
        plan.Units.Select(unit => unit.Key).Distinct().Count().ShouldBe(plan.Units.Count);
        plan.Units.ShouldAllBe(unit => unit.Key.Length == 32);
    }

    [Fact]
    public void The_order_of_settings_does_not_matter()
    {
        var entries = Cathode.Append(("seed", "3")).Select(entry => (SettingKeys.ByName(entry.Item1, "test"), entry.Item2)).ToArray();
        var settings = Toy.Settings();
        Keys(SettingsReader.Apply(settings, entries.Reverse())).ShouldBe(Keys(SettingsReader.Apply(settings, entries)));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void The_readers_culture_changes_neither_keys_nor_results(string culture)
    {
        (string, string)[] recipe = [("density_recipe", "quick,learning_rate=1e-3,tolerance=0.01"), ("sideband", "0.45")];
        Dictionary<string, string> All() => Keys(Toy.Settings([.. Cathode, .. recipe]));
        var (keys, results) = (All(), Results());
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Named(culture);
            All().ShouldBe(keys);
            Results().ShouldBe(results);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Without the system's cultures, numbers at least are written as there.
    private static CultureInfo Named(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (",", ".");
            return culture;
        }
    }

    private static string Results()
    {
        using var folder = new TemporaryFolder();
        var result = Toy.Run(
            Toy.Settings(("method", "ideal"), ("members", "1"), ("threads", "1"), ("windows", "4.5:5.5"), ("sigma_sys", "0.1,0.2")),
            Toy.Inputs(Data, ideal: MonteCarlo));
        var untimed = result with
        {
            Timing = new TimingResult(0, 0, new Dictionary<string, double>()),
            Provenance = result.Provenance with { Finished = result.Provenance.Started },
        };
        ResultsJson.Write(folder.PathOf("results.json"), untimed);
        return File.ReadAllText(folder.PathOf("results.json"));
    }

    private static string Changed(Dictionary<string, string> before, Dictionary<string, string> after)
    {
        string StageOf(string name) => name[(name.LastIndexOf('/') + 1)..].Split(' ')[0];
        var common = before.Keys.Where(after.ContainsKey).ToArray();
        common.ShouldNotBeEmpty();

        // A stage's units change all or none.
        var stages = common.GroupBy(StageOf)
            .Select(group => (Stage: group.Key, Changed: group.Select(name => before[name] != after[name]).Distinct().ToArray()))
            .ToArray();
        stages.ShouldAllBe(stage => stage.Changed.Length == 1);
        return string.Join(',', stages.Where(stage => stage.Changed[0]).Select(stage => stage.Stage));
    }

    private static SearchPlan Make(SearchSettings settings) => Planner.Make(settings, Toy.Inputs(Data, MonteCarlo, test: Test));

    private static Dictionary<string, string> Keys(SearchSettings settings) => KeysOf(settings, MonteCarlo, Test);

    private static Dictionary<string, string> KeysOf(SearchSettings settings, EventTable monteCarlo, EventTable? test) =>
        Planner.Make(settings, Toy.Inputs(Data, monteCarlo, test: test)).Units.ToDictionary(unit => unit.Name, unit => unit.Key);
}
