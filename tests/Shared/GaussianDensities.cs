using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates.Learned;

namespace Sideband.Tests;

/// <summary>
/// Densities with a known answer: every feature normal and independent, its mean linear in the mass by least squares and its width
/// that of the residuals, which is exact for the toys of these tests.
/// </summary>
/// <param name="widthFactor">The learned widths are wrong by this factor: a known fault of the template.</param>
/// <param name="failure">Every training fails with this reason.</param>
/// <param name="limit">The density is 0 where the first feature is above.</param>
internal sealed class GaussianDensities(double widthFactor = 1, string? failure = null, double limit = double.PositiveInfinity)
    : IDensityEngine
{
    public string Name => FormattableString.Invariant($"gaussian {widthFactor} {failure} {limit}");

    public DensityFit Fit(
        DensityOptions options,
        float[][] features,
        ReadOnlySpan<double> mass,
        RandomStream stream,
        int threads,
        CancellationToken cancellation)
    {
        if (failure is not null)
        {
            return new DensityFit(null, failure, [], [], []);
        }

        var masses = mass.ToArray();
        return new DensityFit(
            new Density([.. features.Select(column => Line.Through(masses, column, widthFactor))], limit), null, [2, 1], [2, 1.5], [1]);
    }

    public IConditionalDensity Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        var cut = reader.ReadDouble();
        var features = Enumerable.Range(0, reader.ReadInt32());
        return new Density(
            [.. features.Select(_ => new Line(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()))],
            cut);
    }

    private sealed record Line(double Offset, double Slope, double Width)
    {
        public double Mean(double mass) => Offset + (Slope * mass);

        public static Line Through(double[] mass, float[] values, double widthFactor)
        {
            var (meanMass, mean) = (mass.Average(), values.Average(value => (double)value));
            var slope = mass.Zip(values, (m, x) => (m - meanMass) * (x - mean)).Sum() / mass.Sum(m => (m - meanMass) * (m - meanMass));
            var line = new Line(mean - (slope * meanMass), slope, 0);
            var variance = mass.Zip(values, (m, x) => Math.Pow(x - line.Mean(m), 2)).Average();
            return line with { Width = widthFactor * Math.Sqrt(variance) };
        }
    }

    private sealed class Density(Line[] lines, double limit) : IConditionalDensity
    {
        public int FeatureCount => lines.Length;

        public void LogDensity(float[][] features, ReadOnlySpan<double> mass, Span<double> logDensity)
        {
            for (var i = 0; i < mass.Length; i++)
            {
                var sum = 0.0;
                for (var f = 0; f < lines.Length; f++)
                {
                    var z = (features[f][i] - lines[f].Mean(mass[i])) / lines[f].Width;
                    sum -= (0.5 * z * z) + PortableMath.Log(lines[f].Width * Math.Sqrt(2 * Math.PI));
                }

                logDensity[i] = features[0][i] > limit ? double.NegativeInfinity : sum;
            }
        }

        public float[][] Sample(ReadOnlySpan<double> mass, RandomStream stream)
        {
            var masses = mass.ToArray();
            return [.. lines.Select(line => masses.Select(m => (float)(line.Mean(m) + (line.Width * stream.NextGaussian()))).ToArray())];
        }

        public float[][] ToLatent(float[][] features, ReadOnlySpan<double> mass)
        {
            var masses = mass.ToArray();
            return [.. lines.Select((line, f) => features[f].Select((x, i) =>
                features[0][i] > limit ? float.NaN : (float)((x - line.Mean(masses[i])) / line.Width)).ToArray())];
        }

        public float[][] FromLatent(float[][] latent, ReadOnlySpan<double> mass)
        {
            var masses = mass.ToArray();
            return [.. lines.Select((line, f) => latent[f].Select((z, i) => (float)(line.Mean(masses[i]) + (line.Width * z))).ToArray())];
        }

        public void Save(Stream stream)
        {
            using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
            writer.Write(limit);
            writer.Write(lines.Length);
            foreach (var line in lines)
            {
                writer.Write(line.Offset);
                writer.Write(line.Slope);
                writer.Write(line.Width);
            }
        }
    }
}
