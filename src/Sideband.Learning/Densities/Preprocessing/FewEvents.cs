namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>
/// Densities of few events are learned otherwise: each feature is made normal (<see cref="ProbabilityTransform"/>) and drawn so
/// (<see cref="DrawnQuantiles"/>), because half of what their error does to a search comes from the marginals, and noise is coupled in
/// larger parts of all events. docs/development/performance-densities.md has the figures.
/// </summary>
internal static class FewEvents
{
    /// <summary>Of fewer events quantiles say little.</summary>
    private const int Least = 2000;

    /// <summary>From here on everything stays as it was measured with many events.</summary>
    private const int Many = 50_000;

    public static bool Are(int events) => events is >= Least and < Many;
}
