using System.Globalization;
using Sideband.Numerics;

namespace Sideband.Events.Simulation;

/// <summary>
/// The toy of LaCATHODE (arXiv:2210.14924, section III): m uniform in [-10, 10], x1 and x2 normal of mean c m and width 1, no
/// signal; the paper's signal region is |m| &lt; 0.3. Used to show how a cut on x sculpts the spectrum of m when c is not small.
/// </summary>
/// <param name="Correlation">c; the paper has 0.001 and 0.1.</param>
public sealed record LaCathodeToy(double Correlation)
{
    private const double HalfRange = 10;
    private const int BlockSize = 10_000;
    private const double LogTwoPi = 1.8378770664093453;

    /// <summary>Draws events; the first events of a seed are the same however many are asked for.</summary>
    /// <param name="events">0 to <see cref="SimulationRequest.MostEvents"/>.</param>
    /// <param name="seed">Any number; "data" and "sample" of the paper are two seeds.</param>
    /// <returns>Mass <c>m</c>, features <c>x1</c>, <c>x2</c>, all labels 0.</returns>
    /// <exception cref="ConfigurationException">A count out of range.</exception>
    public EventTable Generate(int events, ulong seed)
    {
        SimulationRequest.CheckCount("events", events);
        var mass = new double[events];
        float[][] features = [new float[events], new float[events]];
        for (var first = 0; first < events; first += BlockSize)
        {
            var stream = RandomStream.For(seed, "simulation", "lacathode toy", Text($"block {first / BlockSize}"));
            for (var i = first; i < Math.Min(events, first + BlockSize); i++)
            {
                mass[i] = HalfRange * ((2 * stream.NextDouble()) - 1);
                features[0][i] = (float)((Correlation * mass[i]) + stream.NextGaussian());
                features[1][i] = (float)((Correlation * mass[i]) + stream.NextGaussian());
            }
        }

        return new EventTable(
            "m",
            mass,
            ["x1", "x2"],
            features,
            [EventSource.Simulated(Text($"LaCATHODE toy: c {Correlation:R}, seed {seed}"))],
            new short[events],
            [.. Enumerable.Range(0, events)],
            new byte[events]);
    }

    /// <summary>
    /// <c>log_p_background</c> = ln p(m, x), and what a perfect latent map gives, z = x - c m: <c>z1</c>, <c>z2</c>, standard normal
    /// at every m.
    /// </summary>
    public TruthTable Truth(EventTable events)
    {
        double[][] columns = [new double[events.Count], new double[events.Count], new double[events.Count]];
        for (var i = 0; i < events.Count; i++)
        {
            var (z1, z2) = (events.Feature(0)[i] - (Correlation * events.Mass[i]), events.Feature(1)[i] - (Correlation * events.Mass[i]));
            columns[0][i] = -PortableMath.Log(2 * HalfRange) - LogTwoPi - (0.5 * ((z1 * z1) + (z2 * z2)));
            (columns[1][i], columns[2][i]) = (z1, z2);
        }

        return new TruthTable(["log_p_background", "z1", "z2"], columns);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
