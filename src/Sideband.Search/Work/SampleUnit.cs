using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Plan;
using Sideband.Templates;

namespace Sideband.Search.Work;

/// <summary>Draws a template from a density, and maps the events where the method compares in a latent space.</summary>
internal static class SampleUnit
{
    public static SampleProduct Run(WorkUnit unit, SearchPlan plan, UnitStore store)
    {
        var density = store.Read<DensityProduct>(unit.Needs[0]);
        if (density.Failure is not null)
        {
            return new SampleProduct { Failure = $"density: {density.Failure}" };
        }

        var prepared = PreparedMethods.Prepare(plan, unit.Sample, unit.Window, density);
        var region = RegionEvents.Of(plan, unit.Sample, unit.Window, unit.Run);
        var spectrum = RegionEvents.Spectrum(plan, unit.Sample, unit.Window);
        EventTable Draw(string name, int oversampling)
        {
            RandomStream Stream(string use) => RandomStream.For(plan.Settings.Seed, [.. unit.StreamPath, name, use]);

            return prepared.Sample(Stream("events"), spectrum.Draw(oversampling * region.Count, Stream("masses"))).Events;
        }

        var training = Draw("training", plan.Settings.Oversampling);
        var threshold = Draw("threshold", WindowSize.ThresholdOversampling);
        if (NotFinite(training) + NotFinite(threshold) is > 0 and var bad)
        {
            return new SampleProduct { Failure = $"{bad} of {training.Count + threshold.Count} events drawn from the density are not finite" };
        }

        // The data are scored at every mass, the other samples in their region only.
        var scored = unit.Sample == SampleRole.Data ? plan.Inputs.Data : region;
        var test = plan.TestEvents(unit.Sample, unit.Window);
        var product = new SampleProduct { Training = Columns(training), Threshold = Columns(threshold) };
        if (prepared.LogBackground(region) is { } logBackground)
        {
            return product with
            {
                LogBackground = logBackground,
                LogBackgroundThreshold = prepared.LogBackground(threshold)!,
                LogBackgroundTest = test is null ? [] : prepared.LogBackground(test)!,
            };
        }

        var mapped = prepared.Map(scored);
        return ReferenceEquals(mapped, scored)
            ? product
            : product with { Mapped = DrawnEvents.Features(mapped), MappedTest = test is null ? [] : DrawnEvents.Features(prepared.Map(test)) };
    }

    private static DrawnColumns Columns(EventTable events) => new(events.Mass.ToArray(), DrawnEvents.Features(events));

    private static int NotFinite(EventTable events)
    {
        var count = 0;
        for (var f = 0; f < events.FeatureNames.Count; f++)
        {
            foreach (var value in events.Feature(f))
            {
                count += float.IsFinite(value) ? 0 : 1;
            }
        }

        return count;
    }
}
