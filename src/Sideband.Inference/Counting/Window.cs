namespace Sideband.Inference.Counting;

/// <summary>
/// A signal region [<paramref name="Low"/>, <paramref name="High"/>) of the resonant variable, half-open, in the unit of the mass column
/// (TeV for mjj).
/// </summary>
/// <param name="Number">The window's number; 1 to 9 for the sliding windows of arXiv:2411.00085, centres 3.5 + 0.1 (n - 5) TeV.</param>
/// <param name="Low">Lower edge, inside.</param>
/// <param name="High">Upper edge, outside; above Low.</param>
public readonly record struct Window(int Number, double Low, double High)
{
    // Edges such as 3.1 + 0.2 and 3.5 - 0.2 differ in the last bit: touching windows do not overlap.
    private const double EdgeTolerance = 1e-9;

    public double Width => High - Low;

    /// <summary>True where the two windows share part of the mass range; windows that touch do not.</summary>
    public bool Overlaps(Window other) => Shared(other) > EdgeTolerance * Math.Min(Width, other.Width);

    /// <summary>
    /// Shared width / sqrt(product of the widths), in [0, 1]: the correlation of the two windows' counts when events are spread
    /// evenly (neighbours of width 0.4 and step 0.1: 0.75).
    /// </summary>
    public double Correlation(Window other) => Overlaps(other) ? Shared(other) / Math.Sqrt(Width * other.Width) : 0;

    /// <summary>
    /// Number of independent windows in a set: the mass range that they cover over their mean width. 3 for the nine sliding
    /// windows (2.9 to 4.1 TeV, width 0.4), k for k windows that do not overlap, 0 for none.
    /// </summary>
    public static double IndependentCount(IReadOnlyList<Window> windows)
    {
        if (windows.Count == 0)
        {
            return 0;
        }

        var totalWidth = 0.0;
        var covered = 0.0;
        var end = double.NegativeInfinity;
        foreach (var window in windows.OrderBy(window => window.Low))
        {
            totalWidth += window.Width;
            covered += Math.Max(0, window.High - Math.Max(end, window.Low));
            end = Math.Max(end, window.High);
        }

        return covered / (totalWidth / windows.Count);
    }

    private double Shared(Window other) => Math.Max(0, Math.Min(High, other.High) - Math.Max(Low, other.Low));
}
