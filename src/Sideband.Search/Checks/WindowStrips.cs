using Sideband.Events;
using Sideband.Numerics;

namespace Sideband.Search.Checks;

/// <summary>The places, in a table sorted by mass, of a window, its short sidebands, and further events on either side.</summary>
/// <param name="events">The table.</param>
/// <param name="window">The window.</param>
/// <param name="width">Width of each strip; null: half the window's.</param>
internal sealed class WindowStrips(EventTable events, MassWindow window, double? width)
{
    public MassWindow Window => window;

    public double Width { get; } = width ?? (0.5 * window.Width);

    public MassInterval Region => window.SignalRegion;

    /// <summary>Places of the events with a mass in [low, high).</summary>
    public Range Between(double low, double high) => Below(low)..Below(high);

    public Range Inside => Between(Region.Low, Region.High);

    public Range Lower => Between(Beneath(Width), Region.Low);

    public Range Upper => Between(Region.High, Beyond(Width));

    /// <summary>The mass that lies a distance below the window, in decimal numbers as the strips of the search.</summary>
    public double Beneath(double distance) => DecimalLimits.Difference(Region.Low, distance);

    /// <summary>The mass that lies a distance above the window, likewise.</summary>
    public double Beyond(double distance) => DecimalLimits.Sum(Region.High, distance);

    /// <summary>A mass as distance from the window's centre in units of its width.</summary>
    public double Place(double mass) => (mass - (0.5 * (Region.Low + Region.High))) / Region.Width;

    public static int Count(Range places) => places.End.Value - places.Start.Value;

    private int Below(double limit) => events.CountIn(new MassInterval(double.NegativeInfinity, limit));
}
