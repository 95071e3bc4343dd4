using System.Globalization;
using Sideband.Events;
using Sideband.Search.Inputs;
using Sideband.Search.Results;
using Sideband.Search.Settings;

namespace Sideband.Search.Checks;

/// <summary>Features that follow the mass, with which a template from the sidebands is wrong in the signal region.</summary>
internal static class MassCorrelation
{
    public const string Name = "mass_correlation";

    // The limit of the contract. The largest of the LHC Olympics baseline set is about a third of it.
    private const double Tolerated = 0.5;

    /// <summary>The Pearson correlation of each feature with the mass in the sidebands, which may not exceed 0.5.</summary>
    public static IEnumerable<CheckResult> Of(SearchSettings settings, SearchInputs inputs)
    {
        // The sidebands of the middle window stand for all: the correlation changes little from one to the next.
        var region = settings.Windows.Windows[settings.Windows.Windows.Count / 2].SignalRegion;
        MassInterval[] sidebands = [new(double.NegativeInfinity, region.Low), new(region.High, double.PositiveInfinity)];
        foreach (var (feature, pearson) in FeatureMassCorrelation.Of(inputs.Data, sidebands))
        {
            if (pearson is { } correlation)
            {
                var tooLarge = Math.Abs(correlation) > Tolerated;
                yield return new CheckResult(
                    Name,
                    "data",
                    null,
                    feature,
                    correlation,
                    Tolerated,
                    null,
                    tooLarge ? CheckResult.Warning : CheckResult.Ok,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"feature '{feature}' has correlation {correlation:0.00} with {settings.Mass} in the sidebands")
                    + (tooLarge ? $", which method '{settings.Method.Name}' takes for a signal" : ""));
            }
        }
    }
}
