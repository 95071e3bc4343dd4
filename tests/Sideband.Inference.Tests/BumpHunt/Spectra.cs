using Sideband.Numerics;

namespace Sideband.Inference.Tests.BumpHunt;

/// <summary>Masses (TeV) of (1-x)^p1 / x^(p2 + p3 ln x), x = m/13, from 2 to 6 TeV, by inversion on a fine grid.</summary>
internal static class Spectra
{
    public static double[] Draw(int events, string name, double p1, double p2, double p3)
    {
        const int Steps = 4000;
        var cumulative = new double[Steps + 1];
        for (var i = 0; i < Steps; i++)
        {
            var x = (2 + (4 * (i + 0.5) / Steps)) / 13;
            cumulative[i + 1] = cumulative[i] + (Math.Pow(1 - x, p1) * Math.Exp(-Math.Log(x) * (p2 + (p3 * Math.Log(x)))));
        }

        var stream = RandomStream.For(1, "spectrum", name);
        return [.. Enumerable.Range(0, events).Select(_ =>
        {
            var target = stream.NextDouble() * cumulative[^1];
            var found = Array.BinarySearch(cumulative, target);
            var step = found >= 0 ? Math.Min(found, Steps - 1) : ~found - 1;
            var part = (target - cumulative[step]) / (cumulative[step + 1] - cumulative[step]);
            return 2 + (4 * (step + part) / Steps);
        })];
    }
}
