using Sideband.Learning.Densities.Preprocessing;
using Sideband.Numerics;

namespace Sideband.Learning.Densities;

/// <summary>
/// Calibrates the features with narrow peaks of a trained density (<see cref="MarginalCalibration"/>): it is asked for events at masses
/// from the lowest to the highest, and their quantiles are compared with those of what was learned. Of few events all features are
/// calibrated.
/// </summary>
internal static class DensityCalibration
{
    private const int Nodes = 128;
    private const int Drawn = ConditionalQuantiles.MostGroupEvents;

    /// <summary>
    /// Where fewer events lie on one side, the map fades: at the ends of the mass a curve through the quantiles does not say enough.
    /// </summary>
    private const double LeastSideEvents = 15_000;

    /// <summary>Drawn of a density of few events.</summary>
    private const int LeastDrawn = 100_000;

    /// <summary>Normal numbers, one in each of as many parts of equal probability.</summary>
    private static readonly float[] EvenNormal =
        [.. Enumerable.Range(0, Drawn).Select(part => (float)NormalDistribution.Quantile((part + 0.5) / Drawn))];

    /// <param name="density">Trained.</param>
    /// <param name="scaling">Its preprocessing.</param>
    /// <param name="features">What was learned, [feature][event].</param>
    /// <param name="mass">One an event.</param>
    /// <param name="streams">One for each mass at which events are drawn.</param>
    /// <param name="threads">Any number gives the same bits.</param>
    /// <param name="cancellation">Looked at for each mass.</param>
    public static StandardisedDensity Of(
        StandardisedDensity density,
        LogitStandardisation scaling,
        float[][] features,
        ReadOnlySpan<double> mass,
        NamedStreams streams,
        int threads,
        CancellationToken cancellation)
    {
        if (FewEvents.Are(mass.Length))
        {
            return OfFew(density, scaling, mass, streams["few"], cancellation);
        }

        if (!scaling.Peaks.Any())
        {
            return density;
        }

        var sortedMass = mass.ToArray();
        Array.Sort(sortedMass);
        var groupEvents = ConditionalQuantiles.GroupEvents(mass.Length);
        var (low, high) = ConditionalQuantiles.Range(sortedMass, groupEvents);
        if (!(high > low))
        {
            return density;
        }

        double[] nodes = [.. Enumerable.Range(0, Nodes).Select(node => low + ((high - low) * node / (Nodes - 1)))];
        var trust = Trust(nodes, sortedMass);
        double[] masses = [.. nodes.SelectMany(node => Enumerable.Repeat(node, Drawn))];
        var drawn = new float[Nodes][][];
        Parallel.For(0, Nodes, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, node =>
        {
            drawn[node] = EvenNoise(features.Length, streams[$"node {node}"]);
            density.Draw(drawn[node], masses.AsSpan(node * Drawn, Drawn));
        });

        foreach (var (feature, place) in scaling.Peaks)
        {
            double[][]? Quantiles(float[] values, ReadOnlySpan<double> masses)
            {
                double[] logits = [.. values.Select(x => scaling.Logit(feature, x))];
                int[] inside = [.. Enumerable.Range(0, logits.Length).Where(i => double.IsFinite(logits[i]))];
                var massOf = masses.ToArray();
                return inside.Length < groupEvents
                    ? null
                    : ConditionalQuantiles.At(
                        [.. inside.Select(i => logits[i])],
                        [.. inside.Select(i => massOf[i])],
                        place,
                        groupEvents,
                        nodes);
            }

            // A density that draws hardly anything inside of the range is past calibrating; the quality report shows it.
            if (Quantiles([.. drawn.SelectMany(columns => columns[feature])], masses) is { } ofDrawn
                && Quantiles(features[feature], mass) is { } ofLearned)
            {
                scaling = scaling.With(feature, new MarginalCalibration(nodes, ofDrawn, Towards(ofDrawn, ofLearned, trust)));
            }
        }

        return density.With(scaling);
    }

    /// <summary>
    /// Of few events: all features that are made normal, by what is drawn at the masses of what was learned (<see cref="DrawnQuantiles"/>).
    /// </summary>
    private static StandardisedDensity OfFew(
        StandardisedDensity density,
        LogitStandardisation scaling,
        ReadOnlySpan<double> mass,
        RandomStream stream,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var masses = new double[mass.Length * ((LeastDrawn + mass.Length - 1) / mass.Length)];
        var variables = new float[scaling.Count][];
        for (var i = 0; i < masses.Length; i++)
        {
            masses[i] = mass[i % mass.Length];
        }

        for (var f = 0; f < variables.Length; f++)
        {
            variables[f] = new float[masses.Length];
            foreach (ref var value in variables[f].AsSpan())
            {
                value = (float)stream.NextGaussian();
            }
        }

        density.DrawVariables(variables, masses);
        return density.With(scaling.With(
            [.. variables.Select((column, f) => scaling.IsNormal(f) ? DrawnQuantiles.Of(column) : null)]));
    }

    /// <summary>From the one to the other by the part of the way that is given for each node.</summary>
    private static double[][] Towards(double[][] from, double[][] to, double[] part) =>
        [.. from.Select((row, node) => (double[])[.. row.Select((value, k) => value + (part[node] * (to[node][k] - value)))])];

    /// <summary>1, and less at masses below or above which there are few events.</summary>
    private static double[] Trust(double[] nodes, double[] sortedMass)
    {
        double Of(double node)
        {
            var found = Array.BinarySearch(sortedMass, node);
            var below = found < 0 ? ~found : found;
            return Math.Min(1, Math.Min(below, sortedMass.Length - below) / LeastSideEvents);
        }

        return [.. nodes.Select(Of)];
    }

    /// <summary>
    /// Noise whose every coordinate is <see cref="EvenNormal"/> in another order: quantiles of what is drawn of it fluctuate less.
    /// </summary>
    private static float[][] EvenNoise(int dimensions, RandomStream stream)
    {
        var noise = new float[dimensions][];
        for (var f = 0; f < dimensions; f++)
        {
            noise[f] = [.. EvenNormal];
            stream.Shuffle(noise[f].AsSpan());
        }

        return noise;
    }
}
