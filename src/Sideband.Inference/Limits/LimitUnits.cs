namespace Sideband.Inference.Limits;

/// <summary>Converts strengths (signal events before any cut, over all masses) to what papers quote.</summary>
/// <param name="WindowFraction">Fraction of the signal events that lie in the window, in (0, 1].</param>
/// <param name="WindowBackground">B: background events in the window before the cut on the score, above 0.</param>
/// <param name="Luminosity">Integrated luminosity in 1/fb, above 0; undefined where the user gave none.</param>
public sealed record LimitUnits(double WindowFraction, double WindowBackground, Measured Luminosity)
{
    /// <summary>S/B in the window, before the cut on the score.</summary>
    public Measured SignalToBackground(Measured strength) => strength.Select(s => s * WindowFraction / WindowBackground);

    /// <summary>S/sqrt(B) in the window, before the cut on the score.</summary>
    public Measured SignalToRootBackground(Measured strength) => strength.Select(s => s * WindowFraction / Math.Sqrt(WindowBackground));

    /// <summary>
    /// Cross-section in fb, s over the luminosity: times the branching fraction, and times the acceptance of any selection that the
    /// signal's file has already passed.
    /// </summary>
    public Measured CrossSection(Measured strength) => strength.Then(s => Luminosity.Select(luminosity => s / luminosity));
}
