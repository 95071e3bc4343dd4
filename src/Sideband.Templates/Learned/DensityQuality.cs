using Sideband.Events;
using Sideband.Learning.Boosting;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates.Quality;

namespace Sideband.Templates.Learned;

/// <summary>How well a density describes the sidebands: its samples at the data's own masses against the data.</summary>
/// <param name="Events">Data events compared, and as many samples.</param>
/// <param name="Auc">
/// Area under the ROC curve of a classifier of data against samples that sees features and mass, trained on one half and tested on the
/// other, mean of both ways; 0.5 where they cannot be told apart.
/// </param>
/// <param name="KolmogorovSmirnov">Largest distance of the cumulative distributions of data and samples, one a feature.</param>
/// <param name="HeldOut">Events that the density was not trained on.</param>
/// <param name="Undefined">Those of them that it gives no finite log-density.</param>
/// <param name="LogLikelihood">
/// Mean ln p(x | m) of the other held-out events, in the features' own units, by the first density; NaN where there are none.
/// </param>
public sealed record DensityQuality(int Events, double Auc, double[] KolmogorovSmirnov, int HeldOut, int Undefined, double LogLikelihood)
{
    // The AUC's statistical error is then 0.0013.
    public const int MostEvents = 100_000;

    /// <param name="learned">The density, or two of a half each: an event is compared with the one that has not learned it.</param>
    /// <param name="engine">Reads it.</param>
    /// <param name="sidebands">Its events.</param>
    /// <param name="boosting">Options of the classifier.</param>
    /// <param name="stream">Random streams by name.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellation">Looked at before each member.</param>
    internal static DensityQuality Of(
        DensityProduct learned,
        IDensityEngine engine,
        LongSidebands sidebands,
        BoostingOptions boosting,
        Func<string, RandomStream> stream,
        int threads,
        CancellationToken cancellation)
    {
        var (all, heldOut) = (sidebands.All, sidebands.HeldOut);
        var data = all.Select([.. Enumerable.Range(0, Math.Min(MostEvents, all.Count))]);
        var first = ComparedSample.Of(data);

        // A sample shares the half of the event whose mass it has.
        var (density, otherDensity) = learned.LoadBoth(engine);
        var drawn = density.Sample(data.Mass, stream("quality"));
        if (learned.IsHalved)
        {
            var other = otherDensity.Sample(data.Mass, stream("quality of the other half"));
            drawn = TwoHalves.NotLearned(drawn, other, sidebands.SecondHalf);
        }

        var second = new ComparedSample(drawn, first.Mass, first.SecondHalf, []);
        var (undefined, logLikelihood) = LogLikelihoodOf(density, all.Select([.. Enumerable.Range(0, heldOut)]));
        return new DensityQuality(
            data.Count,
            SampleComparison.Auc(first, second, boosting, stream, threads, cancellation),
            SampleComparison.Distances(first, second),
            heldOut,
            undefined,
            logLikelihood);
    }

    private static (int Undefined, double Mean) LogLikelihoodOf(IConditionalDensity density, EventTable events)
    {
        var values = new double[events.Count];
        density.LogDensity(DrawnEvents.Features(events), events.Mass, values);
        var (sum, finite) = (0.0, 0);
        foreach (var value in values)
        {
            (sum, finite) = double.IsFinite(value) ? (sum + value, finite + 1) : (sum, finite);
        }

        return (values.Length - finite, finite > 0 ? sum / finite : double.NaN);
    }
}
