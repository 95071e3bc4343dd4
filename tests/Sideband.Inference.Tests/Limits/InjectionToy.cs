using Sideband.Inference.Counting;
using Sideband.Inference.Limits;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.Limits;

/// <summary>
/// A selection whose efficiency rises with the signal that there is to learn from, over a background of 140 with an error of 10 %.
/// Retrainings scatter the yield by a log-normal factor of mean 1. Each signal event that passes may displace a part of a background event.
/// </summary>
internal static class InjectionToy
{
    public const double Background = 140, Sigma = 0.1;

    public static readonly double[] Strengths = [0, 100, 200, 300, 500, 750, 1000, 1500];

    private static readonly double[] Efficiencies = [0.001, 0.001, 0.005, 0.03, 0.12, 0.25, 0.30, 0.32];

    public static ExpectedBackground Expected { get; } =
        new(Measured.Of(Background), Measured.Of(Sigma * Sigma), Measured.Of(1 / Background));

    public static PassingCount Count(double observed) => new(Measured.Of(observed), Expected);

    public static double Yield(double s)
    {
        var k = 1;
        while (s > Strengths[k])
        {
            k++;
        }

        var fraction = (s - Strengths[k - 1]) / (Strengths[k] - Strengths[k - 1]);
        return s * (Efficiencies[k - 1] + (fraction * (Efficiencies[k] - Efficiencies[k - 1])));
    }

    /// <summary>A scan without statistical error: one redraw a strength with the mean yield.</summary>
    public static InjectionScan Exact { get; } = InjectionScan.Of([.. Strengths.Select(s =>
        InjectionStrength.Of(s, [new InjectionDraw(Count(Background + Yield(s)), Measured.Of(Yield(s)))]))]);

    public static InjectionScan Scan(RandomStream stream, int draws, double scatter, double displaced = 0) => InjectionScan.Of(
        [.. Strengths.Select(s =>
            InjectionStrength.Of(s, [.. Enumerable.Range(0, draws).Select(_ => Draw(stream, s, scatter, displaced))]))]);

    public static InjectionDraw Draw(RandomStream stream, double s, double scatter, double displaced = 0)
    {
        var mean = Yield(s) * PortableMath.Exp((scatter * stream.NextGaussian()) - (0.5 * scatter * scatter));
        var signal = Poisson(stream, mean);
        var background = Poisson(stream, Math.Max(0, (Background * (1 + (Sigma * stream.NextGaussian()))) - (displaced * mean)));
        return new InjectionDraw(Count(background + signal), Measured.Of(signal));
    }

    /// <summary>Inversion from 0 upwards, for means up to 700.</summary>
    private static double Poisson(RandomStream stream, double mean)
    {
        var rest = stream.NextDouble();
        var term = PortableMath.Exp(-mean);
        var count = 0;
        while (rest >= term && term > 0)
        {
            rest -= term;
            term *= mean / ++count;
        }

        return count;
    }
}
