using System.Globalization;
using Sideband.Events;
using Sideband.Search.Inputs;
using Sideband.Search.Settings;
using Sideband.Search.Work;
using Sideband.Templates;

namespace Sideband.Search.Plan;

/// <summary>What must hold before hours of training: settings that go together and windows with enough events.</summary>
internal static class PlanChecks
{
    /// <summary>Fewer windows than this have no spread that sigma_sys could be made of.</summary>
    private const int FewestDeltaSysWindows = 3;

    /// <summary>Below this not even the features' ranges are known.</summary>
    private const int FewestDensityEvents = 500;

    /// <exception cref="ConfigurationException">Settings that contradict each other or the inputs.</exception>
    public static void Settings(SearchSettings settings, SearchInputs inputs)
    {
        WindowNumbers(settings, settings.Windows, "windows");
        WindowNumbers(settings, settings.EffectiveDeltaSysWindows, "delta_sys_windows");
        OnePerWorkingPoint(settings, settings.Systematics.Fixed, "systematics");
        OnePerWorkingPoint(settings, settings.SigmaSys.Fixed, "sigma_sys");
        Densities(settings, inputs);
        settings.Method.Require(new(inputs.Data, inputs.IdealBackground, inputs.Signal, settings.SidebandWidth));
        Systematics(settings, inputs);
    }

    /// <exception cref="InputDataException">A window with too few events.</exception>
    public static void Window(SearchPlan plan, SampleRole sample, WindowSize size)
    {
        var region = size.Window.SignalRegion;
        var where = string.Create(CultureInfo.InvariantCulture, $"{size.Window.Name} [{region.Low:R}, {region.High:R}) of {sample.Name()}");
        if (size.Data == 0)
        {
            var range = SpectrumBins.Of(plan.EventsOf(sample));
            var outside = region.High <= range.Low || region.Low >= range.High;
            throw new InputDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"windows: {where} {(outside ? "lies outside the data" : "holds no events")}; {plan.Settings.Mass} runs from {range.Low:G6} to {range.High:G6}"));
        }

        if (plan.Density is not null && size.Sidebands < FewestDensityEvents)
        {
            throw new InputDataException($"windows: {where} has {size.Sidebands} events outside of it, too few to learn a density from; at least {FewestDensityEvents} are needed");
        }

        // A member trains on half of the other folds' events. With fewer of a class both together fill less than two leaves, and no tree can split.
        var needed = (int)Math.Ceiling(2.0 * plan.Boosting.MinEventsPerLeaf * plan.Settings.Folds / (plan.Settings.Folds - 1));
        foreach (var (name, count) in new[] { ("events in the signal region", size.Data), ("template events", size.Template), ("signal events to train on", size.Target ?? needed) })
        {
            if (count < needed)
            {
                throw new InputDataException($"windows: {where} has {count} {name}, too few for {plan.Settings.Folds} folds; at least {needed} are needed");
            }
        }
    }

    private static void Densities(SearchSettings settings, SearchInputs inputs)
    {
        if (settings.Classifier == ClassifierKind.Network && (settings.Missing == MissingPolicy.Keep || settings.Method.ScoresByLikelihoodRatio))
        {
            throw new ConfigurationException(settings.Method.ScoresByLikelihoodRatio
                ? $"classifier: 'network' is not allowed with method '{settings.Method.Name}', which scores by a likelihood ratio"
                : "missing: 'keep' is not allowed with classifier 'network', which has no place for missing values; allowed: drop");
        }

        if (settings.Method.DefaultDensity is null)
        {
            var key = new[] { ("density", settings.DensityOverride is not null), ("density_recipe", settings.DensityRecipeOverride is not null), ("oversampling", settings.OversamplingOverride is not null) }
                .FirstOrDefault(entry => entry.Item2).Item1;
            if (key is not null)
            {
                var learning = string.Join(", ", TemplateMethods.All.Where(method => method.DefaultDensity is not null).Select(method => method.Name));
                throw new ConfigurationException($"{key}: method '{settings.Method.Name}' learns no density; allowed with: {learning}");
            }

            return;
        }

        if (settings.Missing == MissingPolicy.Keep)
        {
            throw new ConfigurationException($"missing: 'keep' is not allowed with method '{settings.Method.Name}', whose density has no place for missing values; allowed: drop");
        }

        if (inputs.Data.HasWeights || inputs.MonteCarlo?.HasWeights == true)
        {
            throw new ConfigurationException($"weight: method '{settings.Method.Name}' learns a density of unweighted events; leave --weight out, or use method cwola");
        }
    }

    private static void Systematics(SearchSettings settings, SearchInputs inputs)
    {
        var source = settings.EffectiveSystematics;
        var name = settings.Systematics.Source == SystematicsSource.Method ? "mc+sideband" : settings.Systematics.ToString();
        var usesMonteCarlo = source is SystematicsSource.MonteCarlo or SystematicsSource.MonteCarloAndSideband;
        var usesSideband = source is SystematicsSource.Sideband or SystematicsSource.MonteCarloAndSideband;
        if (usesSideband && settings.Method.DefaultDensity is null)
        {
            throw new ConfigurationException($"systematics: '{name}' needs a method that can make a template in the sidebands; with method '{settings.Method.Name}' allowed: {(settings.Method.RepeatableOnMonteCarlo ? "mc, " : "")}labels, none, or one number per working point");
        }

        if (source == SystematicsSource.MonteCarlo && !settings.Method.RepeatableOnMonteCarlo)
        {
            throw new ConfigurationException($"systematics: 'mc' needs a method whose template is made of the searched sample; with method '{settings.Method.Name}' allowed: labels, none, or one number per working point");
        }

        if (source == SystematicsSource.MonteCarloAndSideband && inputs.MonteCarlo is null)
        {
            throw new ConfigurationException($"mc: method '{settings.Method.Name}' estimates delta_sys by Monte Carlo and in the sidebands; give --mc FILE, or --systematics with sideband, labels, none, or one number per working point");
        }

        if (source == SystematicsSource.MonteCarlo && inputs.MonteCarlo is null)
        {
            throw new ConfigurationException($"mc: method '{settings.Method.Name}' estimates delta_sys by Monte Carlo; give --mc FILE, or --systematics with labels, none, or one number per working point");
        }

        if (source == SystematicsSource.Labels && !inputs.Data.HasLabels)
        {
            throw new ConfigurationException("systematics: 'labels' needs data with a label column; allowed without: mc, none, or one number per working point");
        }

        if ((usesMonteCarlo || usesSideband || source == SystematicsSource.Labels)
            && settings.SigmaSys.Source == SigmaSystematicSource.Spread
            && settings.EffectiveDeltaSysWindows.Windows.Count < FewestDeltaSysWindows)
        {
            throw new ConfigurationException(
                $"delta_sys_windows: {settings.EffectiveDeltaSysWindows.Windows.Count} window(s) have no spread for sigma_sys; give at least {FewestDeltaSysWindows} windows, or --sigma-sys with one number per working point");
        }
    }

    private static void WindowNumbers(SearchSettings settings, MassWindowGrid grid, string key)
    {
        if (grid.ByNumber && settings.Mass != "mjj")
        {
            throw new ConfigurationException($"{key}: window numbers have a meaning for mass mjj only, not for '{settings.Mass}'; give START:STOP:STEP:WIDTH or intervals LOW:HIGH");
        }
    }

    private static void OnePerWorkingPoint(SearchSettings settings, IReadOnlyList<double> values, string key)
    {
        if (values.Count != 0 && values.Count != settings.WorkingPoints.Count)
        {
            throw new ConfigurationException($"{key}: {values.Count} number(s) for {settings.WorkingPoints.Count} working points; give one per working point");
        }
    }
}
