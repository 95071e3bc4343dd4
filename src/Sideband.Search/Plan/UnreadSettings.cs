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
        OfMethods(settings);
        Weight(settings);
        DeltaSysWindows(settings);
        SigmaSys(settings);
    }

    private static void OfMethods(SearchSettings settings)
    {
        var method = settings.Method;
        var given = SettingKeys.All.Where(key => key.IsGiven(settings) && key.Show(settings) is not null);
        if (given.FirstOrDefault(key => !key.IsReadBy(method)) is not { } unread)
        {
            return;
        }

        // A combination reads what its sources read.
        string[] readers = [.. TemplateMethods.All.Where(unread.IsReadBy).Select(other => other.Name)];
        var others = string.Join(", ", readers.Where(name => name != method.Name));
        throw new ConfigurationException(readers.Contains(method.Name)
            ? $"{unread.Name}: none of the sources of method '{method.Name}' reads it; allowed with: {others}, also as a source"
            : $"{unread.Name}: method '{method.Name}' does not read it; allowed with: {others}");
    }

    private static void Weight(SearchSettings settings)
    {
        var weighted = settings.Simulation.Count > 0
            || settings.IdealBackground.Count > 0
            || settings.Signal.Count > 0
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

    private static void SigmaSys(SearchSettings settings)
    {
        if (settings.SigmaSysOverride is { Fixed.Count: 0 } rule && settings.Estimate.IsLeftOut)
        {
            throw new ConfigurationException(
                $"sigma_sys: rule '{rule}' makes nothing of a shift that is left out (systematics 'none'); "
                + "give one number per working point, or leave --sigma-sys out");
        }
    }
}
