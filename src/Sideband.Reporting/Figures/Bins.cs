namespace Sideband.Reporting.Figures;

/// <summary>Histograms that a figure draws with wider bins.</summary>
internal static class Bins
{
    /// <summary>Sums of neighbouring bins; the last may be of fewer. A sum with a bin that is not known is not known.</summary>
    /// <param name="bins">Null stands for what is not known.</param>
    /// <param name="count">Bins that become one, at least 1.</param>
    public static double?[] Joined(double?[] bins, int count) =>
        [.. bins.Chunk(count).Select(chunk => chunk.Any(bin => bin is null) ? null : chunk.Sum())];
}
