namespace Sideband.Inference.BumpHunt;

/// <summary>How a fit ended: a value, never an exception.</summary>
/// <param name="Converged">True where the likelihood's maximum was found.</param>
/// <param name="Steps">Newton steps taken.</param>
/// <param name="Reason">Why there is no fit, for a user to read; null where it converged.</param>
public sealed record FitStatus(bool Converged, int Steps, string? Reason)
{
    internal static FitStatus Good(int steps) => new(true, steps, null);

    internal static FitStatus Failed(string reason, int steps = 0) => new(false, steps, reason);
}
