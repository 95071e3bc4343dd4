namespace Sideband.Inference.BumpHunt;

/// <summary>
/// What a fit may do with the signal-like events T = S + delta in the spectrum: leave them free, hold them at S, or hold S and let the
/// spurious signal delta float with a Gaussian constraint, (T - S - a)^2/sigma^2 added to -2 ln L (a: the constraint's own measurement, 0
/// in data).
/// </summary>
/// <param name="Centre">S + a, events.</param>
/// <param name="Sigma">Width of the constraint, events: 0 holds T, infinity leaves it free.</param>
public readonly record struct SignalConstraint(double Centre, double Sigma)
{
    /// <summary>T is free.</summary>
    public static SignalConstraint Free { get; } = new(0, double.PositiveInfinity);

    /// <summary>T is held at S.</summary>
    public static SignalConstraint Held(double signal) => new(signal, 0);
}
