using Sideband.Numerics;

namespace Sideband.Inference.Tests.BumpHunt;

/// <summary>Masses (TeV) of dijet functions of x = m/13 up to 6 TeV, by inversion on a fine grid.</summary>
internal static class Spectra
{
    private const int Steps = 4000;

    /// <summary>(1-x)^p1 / x^(p2 + p3 ln x) from 2 TeV.</summary>
    public static double[] Draw(int events, string name, double p1, double p2, double p3) => Draw(events, name, 2, [p1, p2, p3, 0, 0]);

    /// <summary>The shared QCD events from 2.6 TeV, which need five parameters.</summary>
    public static double[] DrawShared(int events, string name) =>
        Draw(events, name, 2.6, [-246.35775, -2143.8675, -745.06947, -102.5545, 3023.4656]);

    private static double[] Draw(int events, string name, double low, double[] p)
    {
        var width = (6 - low) / Steps;
        var cumulative = new double[Steps + 1];
        double Exponent(double mass)
        {
            var (x, log) = (mass / 13, Math.Log(mass / 13));
            return (p[0] * Math.Log(1 - x)) - (log * (p[1] + (log * (p[2] + (log * p[3]))))) - (p[4] * x);
        }

        for (var i = 0; i < Steps; i++)
        {
            cumulative[i + 1] = cumulative[i] + Math.Exp(Exponent(low + ((i + 0.5) * width)) - Exponent(low));
        }

        var stream = RandomStream.For(1, "spectrum", name);
        return [.. Enumerable.Range(0, events).Select(_ =>
        {
            var target = stream.NextDouble() * cumulative[^1];
            var found = Array.BinarySearch(cumulative, target);
            var step = found >= 0 ? Math.Min(found, Steps - 1) : ~found - 1;
            var part = (target - cumulative[step]) / (cumulative[step + 1] - cumulative[step]);
            return low + ((step + part) * width);
        })];
    }
}
