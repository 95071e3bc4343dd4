using Sideband.Numerics;

namespace Sideband.Events;

/// <summary>A search window: the signal region and its number in the grid.</summary>
/// <param name="Number">From 1; for mjj the papers' n, centre 3.5 + 0.1 (n - 5) TeV.</param>
/// <param name="SignalRegion">[low, high) in the unit of the mass column.</param>
public sealed record MassWindow(int Number, MassInterval SignalRegion)
{
    /// <summary>
    /// Masses whose events are left out everywhere: where a strip beside a search's signal region stands in its place, that region, which
    /// may hold a signal.
    /// </summary>
    public MassInterval? Hidden { get; init; }

    /// <summary>The signal region and what is hidden beside it: nothing is learned from these masses.</summary>
    public MassInterval Gap => Hidden is { } hidden
        ? new MassInterval(Math.Min(SignalRegion.Low, hidden.Low), Math.Max(SignalRegion.High, hidden.High))
        : SignalRegion;

    /// <summary>Width of the signal region, in decimal numbers: that of 3.3 to 3.7 is that of 3.4 to 3.8.</summary>
    public double Width => DecimalLimits.Difference(SignalRegion.High, SignalRegion.Low);

    /// <summary>The short sidebands: strips on either side of the gap, in decimal numbers: beside 3.7 is 3.7 to 3.9.</summary>
    /// <param name="width">Of each strip; null: half the window's.</param>
    public (MassInterval Lower, MassInterval Upper) ShortSidebands(double? width)
    {
        var strip = width ?? (0.5 * Width);
        var (low, high) = Gap;
        return (
            new MassInterval(DecimalLimits.Difference(low, strip), low), new MassInterval(high, DecimalLimits.Sum(high, strip)));
    }

    /// <summary>Half the width that all windows have, null where they differ.</summary>
    /// <param name="windows">At least one.</param>
    public static double? CommonHalfWidth(IReadOnlyList<MassWindow> windows)
    {
        double[] widths = [.. windows.Select(window => window.Width).Distinct()];
        return widths.Length == 1 ? widths[0] / 2 : null;
    }

    /// <summary>How progress, units and random streams name this window.</summary>
    public string Name => FormattableString.Invariant($"window {Number}");
}
