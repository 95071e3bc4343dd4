using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>One named random stream for every toy of a step, so that a toy is the same however many others are drawn.</summary>
/// <param name="seed">The search's seed.</param>
/// <param name="names">Path of the step, for example window and working point.</param>
public sealed class ToyStreams(ulong seed, params IReadOnlyList<string> names)
{
    /// <summary>Toys whose fits may fail: more of them, and the rest is no sample of all.</summary>
    public const double LargestFailedFraction = 0.1;

    /// <summary>The stream of a toy, from 0.</summary>
    public RandomStream this[int toy] => RandomStream.For(seed, [.. names, FormattableString.Invariant($"toy {toy}")]);

    /// <summary>The streams of a step below this one.</summary>
    public ToyStreams Below(string name) => new(seed, [.. names, name]);

    /// <summary>Why nothing follows from the toys that were fitted; null where enough were.</summary>
    public static string? TooFew(int fitted, int toys) => toys - fitted > LargestFailedFraction * toys
        ? $"the fits of {toys - fitted} of {toys} toys failed"
        : fitted == 0 ? "no toy was fitted" : null;

    /// <summary>Poisson counts about expectations, each at least 0, in the order of the bins.</summary>
    public static double[] Counts(RandomStream stream, IReadOnlyList<double> expected)
    {
        var counts = new double[expected.Count];
        for (var bin = 0; bin < counts.Length; bin++)
        {
            counts[bin] = stream.NextPoisson(expected[bin]);
        }

        return counts;
    }
}
