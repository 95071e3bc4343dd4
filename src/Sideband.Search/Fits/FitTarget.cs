using Sideband.Events;
using Sideband.Inference.BumpHunt;

namespace Sideband.Search.Fits;

/// <summary>One mass that is looked at.</summary>
/// <param name="Window">The window whose classifiers select.</param>
/// <param name="Mass">The mass.</param>
/// <param name="Region">What the fit calls the window.</param>
/// <param name="Scan">True for a mass of a finer scan.</param>
internal sealed record FitTarget(MassWindow Window, double Mass, MassRange Region, bool Scan)
{
    /// <summary>The searched windows first, then the masses, each with the window of the nearest centre.</summary>
    public static IReadOnlyList<FitTarget> Of(IReadOnlyList<MassWindow> windows, IReadOnlyList<double> masses) =>
        [.. windows.Select(OfWindow), .. masses.Select(mass => OfMass(windows, mass))];

    /// <summary>How random streams name it.</summary>
    public string Name => Scan ? FormattableString.Invariant($"mass {Mass}") : Window.Name;

    private static FitTarget OfWindow(MassWindow window) =>
        new(window, Centre(window), new MassRange(window.SignalRegion.Low, window.SignalRegion.High), false);

    private static FitTarget OfMass(IReadOnlyList<MassWindow> windows, double mass)
    {
        var nearest = windows.MinBy(window => Math.Abs(Centre(window) - mass))!;

        // In decimals, so that 3.45 with a width of 0.4 begins at 3.25 and not beside it.
        var (centre, half) = ((decimal)mass, 0.5m * (decimal)nearest.Width);
        return new FitTarget(nearest, mass, new MassRange((double)(centre - half), (double)(centre + half)), true);
    }

    private static double Centre(MassWindow window) =>
        (double)(0.5m * ((decimal)window.SignalRegion.Low + (decimal)window.SignalRegion.High));
}
