using Sideband.Numerics;
using Sideband.Search.Plan;
using Sideband.Templates;

namespace Sideband.Search.Work;

/// <summary>Learns p(x | m) on the long sidebands of a window and measures how good it is there.</summary>
internal static class DensityUnit
{
    // Held out for the log-likelihood: enough for an error of 0.01 at a spread of ln p of 1.5, and never more than a twentieth.
    private const int MostHeldOut = 20_000;
    private const int HeldOutFraction = 20;

    public static DensityProduct Run(WorkUnit unit, SearchPlan plan, int threads, CancellationToken cancellation)
    {
        var all = plan.EventsOf(unit.Sample);
        var outside = RegionEvents.Outside(all, unit.Window);
        RandomStream Stream(string name) => RandomStream.For(plan.Settings.Seed, [.. unit.StreamPath, name]);

        Stream("order").Shuffle<int>(outside);
        var heldOut = Math.Min(MostHeldOut, outside.Length / HeldOutFraction);
        var events = all.Select(outside.AsSpan(heldOut));
        var fit = plan.Densities.Fit(plan.Density!, DrawnEvents.Features(events), events.Mass, Stream("training"), threads, cancellation);
        var product = new DensityProduct
        {
            Failure = fit.Failure,
            TrainingLoss = [.. fit.TrainingLoss],
            ValidationLoss = [.. fit.ValidationLoss],
            PooledEpochs = [.. fit.PooledEpochs],
        };
        if (fit.Density is not { } density)
        {
            return product;
        }

        using var bytes = new MemoryStream();
        density.Save(bytes);
        return product with
        {
            Density = bytes.ToArray(),
            Quality = DensityQuality.Of(density, all.Select(outside), heldOut, plan.Boosting, Stream, threads, cancellation),
        };
    }
}
