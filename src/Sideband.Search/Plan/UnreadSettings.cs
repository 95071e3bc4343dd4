using Sideband.Events;
using Sideband.Search.Settings;
using Sideband.Search.Systematics;
using Sideband.Templates;

namespace Sideband.Search.Plan;

/// <summary>Refuses what nothing in a search reads: it was given for something, and the user must know that it does not happen.</summary>
internal static class UnreadSettings
{
    /// <exception cref="ConfigurationException">A setting or input that is not read, and what reads it.</exception>
    public static void Refuse(SearchSettings settings)
    {
        OptionsOfMethods(settings);
        ClassifierSeed(settings);
        Inputs(settings);
        DeltaSysWindows(settings);
    }

    private static void OptionsOfMethods(SearchSettings settings)
    {
        var method = settings.Method;
        if (settings.MethodOptions.Keys.FirstOrDefault(name => method.Options.All(option => option.Name != name)) is { } unread)
        {
            throw Unread(unread, method, other => other.Options.Any(option => option.Name == unread));
        }
    }

    private static void ClassifierSeed(SearchSettings settings)
    {
        if (settings.ClassifierSeed is { } seed && !settings.Method.Traits.ScoresByClassifier)
        {
            throw new ConfigurationException(
                $"classifier_seed: '{seed}' is not allowed with method '{settings.Method.Name}', which trains no classifier; use --seed");
        }
    }

    private static void Inputs(SearchSettings settings)
    {
        var given = new[]
        {
            (Key: "simulation", Files: settings.Simulation, Role: InputRole.Simulation),
            (Key: "ideal_background", Files: settings.IdealBackground, Role: InputRole.IdealBackground),
            (Key: "signal", Files: settings.Signal, Role: InputRole.Signal),
        }.Where(input => input.Files.Count > 0).ToArray();
        foreach (var (key, _, role) in given)
        {
            if (!settings.Method.PreparationReads.Roles.Contains(role))
            {
                throw Unread(key, settings.Method, other => other.PreparationReads.Roles.Contains(role));
            }
        }

        var weighted = given.Length > 0
            || (settings.MonteCarlo.Count > 0 && settings.Estimate.Samples.Contains(ChainSample.MonteCarlo));
        if (settings.Weight is not null && !weighted)
        {
            throw new ConfigurationException(
                "weight: no input of this search has weights "
                + "(mc, simulation, ideal_background and signal do, where they are given and read); leave --weight out");
        }
    }

    private static void DeltaSysWindows(SearchSettings settings)
    {
        if (settings.DeltaSysWindows is not null && !settings.Estimate.ReadsWindows)
        {
            throw new ConfigurationException(
                $"delta_sys_windows: systematics '{settings.Systematics}' of method '{settings.Method.Name}' estimates nothing in windows; "
                + "leave --delta-sys-windows out, or give --systematics with an estimate");
        }
    }

    private static ConfigurationException Unread(string key, ITemplateMethod method, Func<ITemplateMethod, bool> reads)
    {
        // A combination reads what its sources read.
        string[] readers = [.. TemplateMethods.All.Where(reads).Select(other => other.Name)];
        var others = string.Join(", ", readers.Where(name => name != method.Name));
        return new ConfigurationException(readers.Contains(method.Name)
            ? $"{key}: none of the sources of method '{method.Name}' reads it; allowed with: {others}, also as a source"
            : $"{key}: method '{method.Name}' does not read it; allowed with: {others}");
    }
}
