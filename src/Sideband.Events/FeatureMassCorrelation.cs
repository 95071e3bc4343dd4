namespace Sideband.Events;

/// <summary>How strongly a feature follows the mass: such features sculpt a bump, and methods differ in how well they stand it.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Pearson">Correlation with the mass in [-1, 1]; null where feature or mass does not vary.</param>
public sealed record FeatureMassCorrelation(string Feature, double? Pearson)
{
    /// <summary>The correlation of every feature with the mass over the events in any of the intervals (each event counts once).</summary>
    public static IReadOnlyList<FeatureMassCorrelation> Of(EventTable events, IReadOnlyList<MassInterval> intervals)
    {
        var sums = new PearsonSum[events.FeatureNames.Count];
        for (var i = 0; i < events.Count; i++)
        {
            var mass = events.Mass[i];
            if (!intervals.Any(interval => interval.Contains(mass)))
            {
                continue;
            }

            for (var f = 0; f < sums.Length; f++)
            {
                sums[f].Add(mass, events.Feature(f)[i]);
            }
        }

        return [.. events.FeatureNames.Zip(sums, (name, sum) => new FeatureMassCorrelation(name, sum.Correlation))];
    }
}
