using System.Globalization;
using Sideband.Events;
using Sideband.Search.Settings;
using Sideband.Templates;

namespace Sideband.Search.Inputs;

/// <summary>Warns of features that depend on the mass, with which a template from the sidebands is wrong in the signal region.</summary>
internal static class MassCorrelation
{
    private const double Tolerated = 0.5;

    /// <summary>One line a feature whose Pearson correlation with the mass in the sidebands exceeds 0.5.</summary>
    public static IEnumerable<string> Warnings(SearchSettings settings, EventTable data)
    {
        if (settings.Method.Traits.StandsMassDependence)
        {
            yield break;
        }

        // The sidebands of the middle window stand for all: the correlation changes little from one to the next.
        var region = settings.Windows.Windows[settings.Windows.Windows.Count / 2].SignalRegion;
        MassInterval[] sidebands = [new(double.NegativeInfinity, region.Low), new(region.High, double.PositiveInfinity)];
        foreach (var (feature, pearson) in FeatureMassCorrelation.Of(data, sidebands))
        {
            if (pearson is { } correlation && Math.Abs(correlation) > Tolerated)
            {
                var others = string.Join(
                    ", ", TemplateMethods.All.Where(method => method.Traits.StandsMassDependence).Select(method => method.Name));
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"feature '{feature}' has correlation {correlation:0.00} with {settings.Mass} in the sidebands, "
                    + $"which method '{settings.Method.Name}' takes for a signal; methods that stand it: {others}");
            }
        }
    }
}
