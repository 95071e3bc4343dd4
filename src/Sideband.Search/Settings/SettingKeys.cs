using System.Globalization;
using Sideband.Events;
using Sideband.Search.Systematics;
using Sideband.Templates;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Settings;

/// <summary>All settings of a search: the one list that command line, SEARCH.yaml, help and docs are made from.</summary>
public static class SettingKeys
{
    private static readonly Lock Gate = new();
    private static (IReadOnlyList<ITemplateMethod> Methods, IReadOnlyList<SettingKey> Keys) _known = ([], []);

    /// <summary>Those of every search, and behind them those that methods own; others once a method was registered.</summary>
    public static IReadOnlyList<SettingKey> All
    {
        get
        {
            lock (Gate)
            {
                var methods = TemplateMethods.All;
                if (!_known.Methods.SequenceEqual(methods))
                {
                    _known = (methods, [.. Common, .. TemplateMethods.Options.Select(OfMethod).Select(NotCommon)]);
                }

                return _known.Keys;
            }
        }
    }

    private static readonly IReadOnlyList<SettingKey> Common =
    [
        Files("data",
            "Events to search: HDF5, ROOT, Parquet, CSV, NPY or NPZ; FILE:OBJECT names a tree or key [default: the built-in example]",
            s => s.Data, (s, files) => s with { Data = files }),
        Switch("background_only", "Drop events whose label is 1", s => s.BackgroundOnly, (s, on) => s with { BackgroundOnly = on }),
        new("inject", "FILE:N[:SEED]", "Add N signal events to the data: the first N rows of label 1, or with SEED N drawn at random",
            (s, text) => s with { Inject = InjectionSpec.Parse(text) }, s => s.Inject?.ToString()),
        Files("mc", "Pseudo-data: the Monte Carlo estimate of delta_sys, background of redraws",
            s => s.MonteCarlo, (s, files) => s with { MonteCarlo = files }),
        Files("simulation", "Simulated background that methods salad, feta and combined make like the data",
            s => s.Simulation, (s, files) => s with { Simulation = files }) with
        {
            IsReadBy = Preparing(InputRole.Simulation),
        },
        Files("ideal_background", "Background sample for methods ideal and supervised",
            s => s.IdealBackground, (s, files) => s with { IdealBackground = files }) with
        {
            IsReadBy = Preparing(InputRole.IdealBackground),
        },
        Files("test", "Labelled events that are never trained on: SIC, ROC and signal efficiency come from these",
            s => s.Test, (s, files) => s with { Test = files }),
        Files("signal", "Signal for method supervised [default: rows of the inject file that were not injected]",
            s => s.Signal, (s, files) => s with { Signal = files }) with
        {
            IsReadBy = Preparing(InputRole.Signal),
        },
        new("method", "NAME",
            "Background template: " + string.Join(", ", TemplateMethods.All.Select(method => method.Name)) + " [default: cwola]",
            (s, text) => s with { Method = TemplateMethods.ByName(text) }, s => s.Method.Name),
        new("mass", "COLUMN", "Resonant variable [default: mjj]", (s, text) => s with { Mass = text }, s => s.Mass),
        new("features", "LIST", "Feature names, or a set's name: baseline, baseline+delta_r, shifted [default: baseline]",
            (s, text) => s with { Features = text }, s => s.Features),
        new("weight", "COLUMN", "Event weights of mc, simulation, ideal_background and signal [default: 1]",
            (s, text) => s with { Weight = text }, s => s.Weight),
        new("windows", "SPEC", "Windows: 1-9 or 5 (mass mjj), START:STOP:STEP:WIDTH of centres, or 3.3:3.7,3.4:3.8 [default: 1-9]",
            (s, text) => s with { Windows = MassWindowGrid.Parse(text, "windows") }, s => s.Windows.Text),
        new("delta_sys_windows", "SPEC", "Windows that delta_sys is averaged over [default: 1-9, or the given grid]",
            (s, text) => s with { DeltaSysWindows = MassWindowGrid.Parse(text, "delta_sys_windows") }, s => s.EffectiveDeltaSysWindows.Text)
        {
            IsGiven = s => s.DeltaSysWindows is not null,
            DefaultDependsOn = ["windows"],
        },
        new("sideband", "WIDTH", "Width of each short sideband, in the unit of the mass [default: half the window's width]",
            (s, text) => s with
            {
                SidebandOverride = NumberList.ParseOne("sideband", text, value => value > 0, "a number above 0, in the unit of the mass"),
            },
            s => s.SidebandWidth is { } width ? NumberList.Format([width]) : null)
        {
            IsGiven = s => s.SidebandOverride is not null,
            DefaultDependsOn = ["windows", "delta_sys_windows"],
        },
        new("mass_range", "LOW:HIGH", "Use only events with LOW <= mass < HIGH [default: all]",
            (s, text) => s with { MassRange = MassRangeText.Parse("mass_range", text) },
            s => s.MassRange is { } range ? string.Create(CultureInfo.InvariantCulture, $"{range.Low:R}:{range.High:R}") : null),
        new("working_points", "LIST", "Background efficiencies eps_B [default: 0.01,0.001,0.0001]",
            WithWorkingPoints, s => NumberList.Format(s.WorkingPoints)),
        new("profile", "NAME",
            "quick (1 run x 10 members), standard (3 x 50) or paper (10 x 50, the paper's classifier and statistics) [default: standard]",
            (s, text) => s with { Profile = SearchProfile.ByName(text) }, s => s.Profile.Name),
        new("runs", "N", "Independent repetitions [default: the profile's]",
            (s, text) => s with { RunsOverride = NumberList.ParseWhole("runs", text, 1, 10_000) }, s => Whole(s.Runs))
        {
            IsGiven = s => s.RunsOverride is not null,
            DefaultDependsOn = ["profile"],
        },
        new("folds", "N", "Folds of the cross-validation [default: 5]",
            (s, text) => s with { Folds = NumberList.ParseWhole("folds", text, 2, 100) }, s => Whole(s.Folds)),
        new("members", "N", "Classifiers in an ensemble [default: the profile's; 1 with networks]",
            (s, text) => s with { MembersOverride = NumberList.ParseWhole("members", text, 1, 10_000) }, s => Whole(s.Members))
        {
            IsGiven = s => s.MembersOverride is not null,
            DefaultDependsOn = ["profile", "classifier"],
            IsReadBy = TrainsClassifiers,
        },
        new("features_per_member", "K", "Features that each classifier of an ensemble draws at random; it sees no others [default: all]",
            (s, text) => s with { FeaturesPerMember = NumberList.ParseWhole("features_per_member", text, 1, 10_000) },
            s => s.FeaturesPerMember is { } features ? Whole(features) : null)
        {
            IsReadBy = TrainsClassifiers,
        },
        new("seed", "N", "Seed of all random streams [default: 1]",
            (s, text) => s with { Seed = ParseSeed("seed", text) }, s => s.Seed.ToString(CultureInfo.InvariantCulture)),
        new("classifier_seed", "N",
            "Seed of the classifiers' random streams alone: other trainings on the same folds and template [default: they follow seed]",
            (s, text) => s with { ClassifierSeed = ParseSeed("classifier_seed", text) },
            s => s.ClassifierSeed?.ToString(CultureInfo.InvariantCulture))
        {
            IsReadBy = TrainsClassifiers,
        },
        new("threads", "N", "Threads; never changes a result [default: all cores]",
            (s, text) => s with { ThreadsOverride = NumberList.ParseWhole("threads", text, 1, 4096) },
            s => s.ThreadsOverride is { } threads ? Whole(threads) : null,
            ChangesResults: false),
        new("systematics", "LIST",
            "delta_sys from mc, sideband, mc+sideband, strips, mc+strips, halves, strips,halves (the larger), labels, none (statistical "
                + "errors only), or one number per working point "
                + "[default: what the method needs]",
            (s, text) => s with { Systematics = SystematicsChoice.Parse(text) }, s => s.Systematics.ToString()),
        new("sigma_sys", "RULE",
            "sigma_sys by rule paper, spread, or one number per working point [default: spread; paper in profile paper]",
            (s, text) => s with { SigmaSysOverride = SigmaSystematicChoice.Parse(text) }, s => s.SigmaSys.ToString())
        {
            IsGiven = s => s.SigmaSysOverride is not null,
            DefaultDependsOn = ["profile"],
        },
        new("classifier", "trees|network", "Boosted trees, or a neural network of 64-64-64 whose best epochs are averaged [default: trees]",
            (s, text) => s with { ClassifierOverride = ParseClassifier(text) },
            s => s.Classifier == ClassifierKind.Trees ? "trees" : "network")
        {
            IsGiven = s => s.ClassifierOverride is not null,
            IsReadBy = TrainsClassifiers,
        },
        new("missing", "drop|keep", "NaN in a feature: drop the event, or keep it for the trees [default: drop]",
            (s, text) => s with { Missing = ParseMissing(text) }, s => s.Missing == MissingPolicy.Drop ? "drop" : "keep"),
        Switch("blind", "Everything except scores of signal-region data; scan DIR --unblind goes on",
            s => s.Blind, (s, on) => s with { Blind = on }),
        Switch("keep_template_scores", "Write the template's scores beside the data's",
            s => s.KeepTemplateScores, (s, on) => s with { KeepTemplateScores = on }),
        new("store", "DIR", "Store of finished work units that several runs share [default: inside the run directory]",
            (s, text) => s with { Store = text }, s => s.Store, ChangesResults: false),
    ];

    /// <summary>The setting of a name.</summary>
    /// <exception cref="ConfigurationException">No such setting; the message names the nearest.</exception>
    public static SettingKey ByName(string name, string where) =>
        All.FirstOrDefault(key => key.Name == name)
        ?? throw new ConfigurationException($"{where}: unknown key '{name}'; allowed: {string.Join(", ", All.Select(key => key.Name))}"
            + NearestName.Hint(name, All.Select(key => key.Name)));

    private static SettingKey Files(
        string name,
        string description,
        Func<SearchSettings, IReadOnlyList<EventFileSpec>> get,
        Func<SearchSettings, IReadOnlyList<EventFileSpec>, SearchSettings> set) =>
        new(name, "FILE[a:b],...", description, (s, text) => set(s, FileList.Parse(name, text)), s => FileList.Show(get(s)));

    // Shown with its default where the method reads it, else as it was given, so that it can be refused.
    private static SettingKey OfMethod(MethodOption option) => new(
        option.Name,
        option.ValueName,
        option.Description,
        (s, text) => s with { MethodOptions = s.MethodOptions.SetItem(option.Name, option.Normalise(text)) },
        s => s.Method.Options.FirstOrDefault(other => other.Name == option.Name) is { } own
            ? s.OptionValues[own]
            : s.MethodOptions.GetValueOrDefault(option.Name))
    {
        IsGiven = s => s.MethodOptions.ContainsKey(option.Name),
        DefaultDependsOn = [.. option.DefaultDependsOn, "method"],
        IsReadBy = method => method.Options.Any(other => other.Name == option.Name),
    };

    private static SettingKey NotCommon(SettingKey key) => Common.Any(common => common.Name == key.Name)
        ? throw new InvalidOperationException(
            $"a method's option '{key.Name}' has the name of a setting of every search; give another name")
        : key;

    private static bool TrainsClassifiers(ITemplateMethod method) => method.Traits.ScoresByClassifier;

    private static Func<ITemplateMethod, bool> Preparing(InputRole role) => method => method.PreparationReads.Roles.Contains(role);

    private static SettingKey Switch(
        string name, string description, Func<SearchSettings, bool> get, Func<SearchSettings, bool, SearchSettings> set) =>
        new(name, "", description, (s, text) => set(s, ParseSwitch(name, text)), s => get(s) ? "true" : "false");

    private static bool ParseSwitch(string name, string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw new ConfigurationException($"{name}: '{text}' is not allowed; allowed: true, false"),
    };

    private static MissingPolicy ParseMissing(string text) => text switch
    {
        "drop" => MissingPolicy.Drop,
        "keep" => MissingPolicy.Keep,
        _ => throw new ConfigurationException($"missing: '{text}' is not allowed; allowed: drop, keep"),
    };

    private static ClassifierKind ParseClassifier(string text) => text switch
    {
        "trees" => ClassifierKind.Trees,
        "network" => ClassifierKind.Network,
        _ => throw new ConfigurationException($"classifier: '{text}' is not allowed; allowed: trees, network"),
    };

    private static ulong ParseSeed(string name, string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new ConfigurationException($"{name}: '{text}' is not allowed; allowed: a whole number of at least 0"
                + (text.Length > 0 && text.All(char.IsAsciiDigit) ? $" and at most {ulong.MaxValue}" : ""));

    private static SearchSettings WithWorkingPoints(SearchSettings settings, string text)
    {
        var values = NumberList.Parse("working_points", text, value => value is > 0 and < 1, "numbers above 0 and below 1");
        if (values.Distinct().Count() != values.Length)
        {
            throw new ConfigurationException(
                $"working_points: '{text}' names a value twice; allowed: different numbers above 0 and below 1");
        }

        double[] falling = [.. values.OrderDescending()];
        return settings with { WorkingPoints = falling, WorkingPointsFall = falling.SequenceEqual(values) };
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
