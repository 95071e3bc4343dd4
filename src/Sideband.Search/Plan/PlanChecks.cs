using System.Globalization;
using Sideband.Events;
using Sideband.Search.Inputs;
using Sideband.Search.Settings;
using Sideband.Search.Work;

namespace Sideband.Search.Plan;

/// <summary>What must hold before hours of training: settings that go together and windows with enough events.</summary>
internal static class PlanChecks
{
    /// <summary>Fewer windows than this have no spread that sigma_sys could be made of.</summary>
    private const int FewestDeltaSysWindows = 3;

    /// <exception cref="ConfigurationException">Settings that contradict each other or the inputs.</exception>
    public static void Settings(SearchSettings settings, SearchInputs inputs)
    {
        WindowNumbers(settings, settings.Windows, "windows");
        WindowNumbers(settings, settings.EffectiveDeltaSysWindows, "delta_sys_windows");
        OnePerWorkingPoint(settings, settings.Systematics.Fixed, "systematics");
        OnePerWorkingPoint(settings, settings.SigmaSys.Fixed, "sigma_sys");
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
            var range = SpectrumBins.Of(sample == SampleRole.Data ? plan.Inputs.Data : plan.Inputs.MonteCarlo!);
            var outside = region.High <= range.Low || region.Low >= range.High;
            throw new InputDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"windows: {where} {(outside ? "lies outside the data" : "holds no events")}; {plan.Settings.Mass} runs from {range.Low:G6} to {range.High:G6}"));
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

    private static void Systematics(SearchSettings settings, SearchInputs inputs)
    {
        var source = settings.EffectiveSystematics;
        if (source == SystematicsSource.MonteCarlo && !settings.Method.RepeatableOnMonteCarlo)
        {
            throw new ConfigurationException($"systematics: 'mc' needs a method whose template is made of the searched sample; with method '{settings.Method.Name}' allowed: labels, none, or one number per working point");
        }

        if (source == SystematicsSource.MonteCarlo && inputs.MonteCarlo is null)
        {
            throw new ConfigurationException($"mc: method '{settings.Method.Name}' estimates delta_sys by Monte Carlo; give --mc FILE, or --systematics with labels, none, or one number per working point");
        }

        if (source == SystematicsSource.Labels && !inputs.Data.HasLabels)
        {
            throw new ConfigurationException("systematics: 'labels' needs data with a label column; allowed without: mc, none, or one number per working point");
        }

        if (source is SystematicsSource.MonteCarlo or SystematicsSource.Labels
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
