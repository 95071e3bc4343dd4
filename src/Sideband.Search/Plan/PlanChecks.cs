using System.Globalization;
using Sideband.Events;
using Sideband.Learning.Boosting;
using Sideband.Search.Experiments;
using Sideband.Search.Inputs;
using Sideband.Search.Settings;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates;
using Sideband.Templates.Learned;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Plan;

/// <summary>What must hold before hours of training: settings that go together and windows with enough events.</summary>
internal static class PlanChecks
{
    /// <summary>Fewer windows than this have no spread that sigma_sys could be made of.</summary>
    private const int FewestDeltaSysWindows = 3;

    /// <summary>Share of the masses that the estimated spectrum may move to its ends.</summary>
    private const double MostIndistinct = 0.01;

    /// <exception cref="ConfigurationException">Settings that contradict each other or the inputs.</exception>
    public static void Settings(SearchSettings settings, SearchInputs inputs)
    {
        WindowNumbers(settings, settings.Windows, "windows");
        WindowNumbers(settings, settings.EffectiveDeltaSysWindows, "delta_sys_windows");
        OnePerWorkingPoint(settings, settings.Systematics.Fixed, "systematics");
        OnePerWorkingPoint(settings, settings.SigmaSys.Fixed, "sigma_sys");
        Method(settings, inputs);
        settings.Method.Require(inputs);
        Systematics(settings, inputs);
    }

    /// <exception cref="InputDataException">A window with too few events.</exception>
    public static void Window(SearchContext context, ChainSample sample, WindowSize size)
    {
        var region = size.Window.SignalRegion;
        var where = string.Create(CultureInfo.InvariantCulture, $"{size.Window.Name} [{region.Low:R}, {region.High:R}) of {sample.Name}");
        if (size.Events == 0)
        {
            var range = MassRange.Of(context.Events(Experiment.Search, sample, InputRole.Searched)!);
            var outside = region.High <= range.Low || region.Low >= range.High;
            throw new InputDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"windows: {where} {(outside ? "lies outside the data" : "holds no events")}; "
                + $"{context.Settings.Mass} runs from {range.Low:G6} to {range.High:G6}"));
        }

        if (context.Settings.MassRange is { } given && (region.Low < given.Low || region.High > given.High))
        {
            throw new ConfigurationException(string.Create(
                CultureInfo.InvariantCulture,
                $"mass_range: {where} reaches beyond {given.Low:R}:{given.High:R} and would be searched in part; "
                + $"give a wider range, or windows within it"));
        }

        if (sample.OutsideOfRegion)
        {
            MassesCanBeTold(context.Events(Experiment.Search, sample, InputRole.Searched)!, context.Settings.Mass);
        }

        if (size.Template.Problem is { } problem)
        {
            throw new InputDataException($"windows: {where} {problem}{GivenSamples.MassesOfTooFew(context, sample, region, 1)}");
        }

        // A member trains on half of the other folds' events. With fewer of a class both together fill less than two leaves, and no tree
        // can split.
        var folds = context.Settings.Folds;
        var needed = (int)Math.Ceiling(2.0 * context.Settings.Profile.Boosting.MinEventsPerLeaf * folds / (folds - 1));
        (string Name, int Count)[] counts =
        [
            ("events in the signal region", size.Events),
            ("template events", size.Template.Template),
            ("signal events to train on", size.Template.Target ?? needed),
        ];
        foreach (var (name, count) in counts)
        {
            if (count < needed)
            {
                throw new InputDataException(
                    $"windows: {where} has {count} {name}, too few for {folds} folds; at least {needed} are needed"
                    + GivenSamples.MassesOfTooFew(context, sample, region, needed));
            }
        }
    }

    // Masses of the whole sample are drawn on a scale from the smallest to the largest.
    private static void MassesCanBeTold(EventTable events, string mass)
    {
        var range = MassRange.Of(events);
        if (MassSpectrumEstimate.Indistinct(events.Mass, range) is var indistinct && indistinct > MostIndistinct * events.Count)
        {
            throw new InputDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"systematics: '{ChainSample.Sideband.Name}' draws masses of all events, and {mass} runs from {range.Low:G6} to "
                + $"{range.High:G6}, so far that {indistinct} of {events.Count} masses cannot be told from a limit; give --mass-range"));
        }
    }

    private static void Method(SearchSettings settings, SearchInputs inputs)
    {
        UnreadSettings.Refuse(settings);
        var (method, traits) = (settings.Method, settings.Method.Traits);
        if (settings.Classifier == ClassifierKind.Network && settings.Members > ClassifierScorer.MostNetworks)
        {
            throw new ConfigurationException(
                $"members: '{settings.Members}' is not allowed with classifier 'network'; allowed: 1 to {ClassifierScorer.MostNetworks}");
        }

        if (settings.Classifier == ClassifierKind.Network && settings.Missing == MissingPolicy.Keep)
        {
            throw new ConfigurationException(
                "missing: 'keep' is not allowed with classifier 'network', which has no place for missing values; allowed: drop");
        }

        FeaturesOfTrees(settings, inputs.Data.FeatureNames.Count);
        DrawnFeatures(settings, inputs.Data.FeatureNames.Count);
        ConstantFeature(settings, inputs);
        if (settings.Missing == MissingPolicy.Keep && !traits.TakesMissingValues)
        {
            throw new ConfigurationException(
                $"missing: 'keep' is not allowed with method '{method.Name}', "
                + "whose density has no place for missing values; allowed: drop");
        }

        if (!traits.TakesWeights && (inputs.Data.HasWeights || inputs.Tables.GetValueOrDefault(InputRole.MonteCarlo)?.HasWeights == true))
        {
            throw new ConfigurationException(
                $"weight: method '{method.Name}' learns a density of unweighted events; leave --weight out, or use method cwola");
        }
    }

    private static void FeaturesOfTrees(SearchSettings settings, int features)
    {
        var method = settings.Method;
        var judges = method.Stages.Any(stage => stage.Reads.Options.Contains(typeof(QualityOptions)));
        var scores = method.Traits.ScoresByClassifier && settings.Classifier == ClassifierKind.Trees;
        if (features > FeatureBinning.MaxFeatures && (judges || scores))
        {
            var use = judges ? $", which judge the template of method '{method.Name}'," : "";
            throw new ConfigurationException($"features: {features} are given, and boosted trees{use} "
                + $"take at most {FeatureBinning.MaxFeatures}{(judges ? "" : "; --classifier network takes more")}");
        }
    }

    private static void DrawnFeatures(SearchSettings settings, int features)
    {
        if (settings.FeaturesPerMember is not { } drawn)
        {
            return;
        }

        var given = $"features_per_member: '{drawn}' is not allowed";
        if (drawn > features)
        {
            throw new ConfigurationException($"{given} with {features} features; allowed: 1 to {features}");
        }

        // An ensemble in which no classifier can have drawn some feature is a search without it.
        if ((long)drawn * settings.Members < features)
        {
            var needed = (features + drawn - 1) / drawn;
            throw new ConfigurationException(
                $"{given} with {settings.Members} classifier{(settings.Members == 1 ? "" : "s")} in an ensemble, "
                + $"which would leave some of the {features} features unseen; allowed: members of at least {needed}, or "
                + $"features_per_member of at least {((features - 1) / settings.Members) + 1}");
        }
    }

    // A density has no place for it, and a classifier no use.
    private static void ConstantFeature(SearchSettings settings, SearchInputs inputs)
    {
        for (var f = 0; f < inputs.Data.FeatureNames.Count && settings.Method.Stages.Any(stage => stage is DensityStage); f++)
        {
            var values = inputs.Data.Feature(f);
            if (values.Length > 0 && !values.ContainsAnyExcept(values[0]))
            {
                throw new ConfigurationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"features: '{inputs.Data.FeatureNames[f]}' is {values[0]:R} in all {values.Length} events of data, "
                    + $"and method '{settings.Method.Name}' learns a density of it; leave it out"));
            }
        }
    }

    private static void Systematics(SearchSettings settings, SearchInputs inputs)
    {
        var estimate = settings.Estimate;
        var method = settings.Method;
        estimate.Require(new EstimateSituation(
            method.Name,
            method.Traits,
            estimate.Name,
            settings.Blind,
            method.PreparationReads.Roles.Contains(InputRole.Simulation),
            inputs));
        if (estimate.HasSpread
            && settings.SigmaSys.Source == SigmaSystematicSource.Spread
            && settings.EffectiveDeltaSysWindows.Windows.Count < FewestDeltaSysWindows)
        {
            throw new ConfigurationException(
                $"delta_sys_windows: {settings.EffectiveDeltaSysWindows.Windows.Count} window(s) have no spread for sigma_sys; "
                + $"give at least {FewestDeltaSysWindows} windows, or --sigma-sys with one number per working point");
        }
    }

    private static void WindowNumbers(SearchSettings settings, MassWindowGrid grid, string key)
    {
        if (grid.ByNumber && settings.Mass != "mjj")
        {
            throw new ConfigurationException($"{key}: window numbers have a meaning for mass mjj only, not for '{settings.Mass}'; "
                + "give START:STOP:STEP:WIDTH or intervals LOW:HIGH");
        }
    }

    private static void OnePerWorkingPoint(SearchSettings settings, IReadOnlyList<double> values, string key)
    {
        if (values.Count != 0 && values.Count != settings.WorkingPoints.Count)
        {
            throw new ConfigurationException(
                $"{key}: {values.Count} number(s) for {settings.WorkingPoints.Count} working points; give one per working point");
        }

        if (values.Count != 0 && !settings.WorkingPointsFall)
        {
            throw new ConfigurationException(
                $"{key}: one number per working point, and working_points were not given from the largest to the smallest; "
                + $"give --working-points {NumberList.Format(settings.WorkingPoints)}, and the numbers in that order");
        }
    }
}
