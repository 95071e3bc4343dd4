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

    /// <summary>The short sidebands: strips of the given width on either side that share no event with the signal region.</summary>
    public (MassInterval Lower, MassInterval Upper) ShortSidebands(double width) =>
        (new MassInterval(SignalRegion.Low - width, SignalRegion.Low), new MassInterval(SignalRegion.High, SignalRegion.High + width));

    /// <summary>How progress, units and random streams name this window.</summary>
    public string Name => FormattableString.Invariant($"window {Number}");
}
