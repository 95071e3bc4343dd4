using System.Globalization;
using Sideband.Numerics;

namespace Sideband.Events.Simulation;

/// <summary>
/// The toy of FETA (arXiv:2212.11285, section III): m uniform in (0, 1), signal region (0.34, 0.66); x triangular on (0, 1) with
/// its mode at 0.4995 m for the reference ("simulation"), at 0.4995 m + 0.5005 and then shifted by 0.5 for the target ("data"), so
/// that neither covers the other and no reweighting can turn one into the other.
/// </summary>
public static class FetaToy
{
    private const double ModeSlope = 0.4995;
    private const double TargetModeOffset = 0.5005;
    private const double TargetShift = 0.5;
    private const int BlockSize = 10_000;

    /// <summary>Draws events; the first events of a seed are the same however many are asked for.</summary>
    /// <param name="events">0 to <see cref="SimulationRequest.MostEvents"/>.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="target">The target's events instead of the reference's; the two are independent for one seed.</param>
    /// <returns>Mass <c>m</c>, feature <c>x</c>, all labels 0.</returns>
    /// <exception cref="ConfigurationException">A count out of range.</exception>
    public static EventTable Generate(int events, ulong seed, bool target)
    {
        SimulationRequest.CheckCount("events", events);
        var kind = target ? "target" : "reference";
        var (mass, x) = (new double[events], new float[events]);
        for (var first = 0; first < events; first += BlockSize)
        {
            var stream = RandomStream.For(seed, "simulation", $"feta toy {kind}", Text($"block {first / BlockSize}"));
            for (var i = first; i < Math.Min(events, first + BlockSize); i++)
            {
                mass[i] = stream.NextDouble();
                x[i] = (float)Quantile(stream.NextDouble(), mass[i], target);
            }
        }

        return new EventTable(
            "m",
            mass,
            ["x"],
            [x],
            [EventSource.Simulated(Text($"FETA toy: {kind}, seed {seed}"))],
            new short[events],
            [.. Enumerable.Range(0, events)],
            new byte[events]);
    }

    /// <summary><c>log_p_reference</c> and <c>log_p_target</c>, ln p(m, x) in either sample; -infinity where it has no events.</summary>
    public static TruthTable Truth(EventTable events)
    {
        double[][] columns = [new double[events.Count], new double[events.Count]];
        for (var i = 0; i < events.Count; i++)
        {
            columns[0][i] = LogDensity(events.Mass[i], events.Feature(0)[i], target: false);
            columns[1][i] = LogDensity(events.Mass[i], events.Feature(0)[i], target: true);
        }

        return new TruthTable(["log_p_reference", "log_p_target"], columns);
    }

    private static double Mode(double mass, bool target) => (ModeSlope * mass) + (target ? TargetModeOffset : 0);

    private static double LogDensity(double mass, double x, bool target)
    {
        var (mode, y) = (Mode(mass, target), target ? x - TargetShift : x);
        return PortableMath.Log(y < 0 || y > 1 ? 0 : y < mode ? 2 * y / mode : 2 * (1 - y) / (1 - mode));
    }

    private static double Quantile(double probability, double mass, bool target)
    {
        var mode = Mode(mass, target);
        var y = probability < mode ? Math.Sqrt(probability * mode) : 1 - Math.Sqrt((1 - probability) * (1 - mode));
        return target ? y + TargetShift : y;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
