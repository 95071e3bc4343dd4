namespace Sideband.Inference.Metrics;

/// <summary>A working point by its efficiencies.</summary>
/// <param name="SignalEfficiency">eps_S, in [0, 1].</param>
/// <param name="BackgroundEfficiency">eps_B, in (0, 1].</param>
public readonly record struct SicPoint(double SignalEfficiency, double BackgroundEfficiency)
{
    /// <summary>Significance improvement eps_S / sqrt(eps_B): the factor by which the cut raises S/sqrt(B).</summary>
    public double Sic => SignalEfficiency / Math.Sqrt(BackgroundEfficiency);
}
