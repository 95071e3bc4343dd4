namespace Sideband.Numerics;

/// <summary>
/// Limits of ranges as they are typed: 3.7 + 0.2 is 3.9 in decimals and above it in binary, and masses that were rounded lie on limits.
/// A double stands for its first 15 digits; sizes that a decimal does not hold (from 1e15 on, below 1e-12) are computed in binary.
/// </summary>
public static class DecimalLimits
{
    private const double Smallest = 1e-12, Largest = 1e15;

    public static double Sum(double first, double second) =>
        Hold(first, second) ? (double)((decimal)first + (decimal)second) : first + second;

    public static double Difference(double first, double second) => Sum(first, -second);

    /// <summary>The edge at a place, from 0 to count, between equal parts of a range; those at the ends are the range's own.</summary>
    public static double Edge(double low, double high, int place, int count) =>
        place == 0 ? low
        : place == count ? high
        : Hold(low, high) ? (double)((decimal)low + (((decimal)high - (decimal)low) * place / count))
        : low + ((high - low) * place / count);

    /// <summary>How many widths a range has.</summary>
    public static double Widths(double low, double high, double width) =>
        Hold(low, high) && Hold(width, width)
            ? (double)(((decimal)high - (decimal)low) / (decimal)width)
            : (high - low) / width;

    private static bool Hold(double first, double second) => Holds(first) && Holds(second);

    private static bool Holds(double value) => value == 0 || Math.Abs(value) is >= Smallest and < Largest;
}
