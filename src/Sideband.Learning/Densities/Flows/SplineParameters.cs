namespace Sideband.Learning.Densities.Flows;

/// <summary>The numbers that a <see cref="RationalQuadraticSpline{T}"/> takes.</summary>
internal static class SplineParameters
{
    /// <summary>Of a spline of so many bins: widths, heights, slopes.</summary>
    public static int Count(int bins) => (3 * bins) - 1;
}
