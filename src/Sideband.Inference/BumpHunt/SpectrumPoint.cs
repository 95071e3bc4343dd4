namespace Sideband.Inference.BumpHunt;

/// <summary>One bin of the picture: selected events and the function that was fitted to the sidebands.</summary>
/// <param name="Range">The bin.</param>
/// <param name="InWindow">True for the window's bins, which the fit did not see.</param>
/// <param name="Observed">Events.</param>
/// <param name="Expected">Fitted events, with the error band of the fit.</param>
/// <param name="Pull">
/// (Observed - Expected)/sqrt(Expected + Error^2); in the sidebands, where the fit saw the events, /sqrt(Expected).
/// </param>
public sealed record SpectrumPoint(MassRange Range, bool InWindow, double Observed, CountWithError Expected, Measured Pull)
{
    internal static SpectrumPoint Of(MassRange range, bool inWindow, double observed, UnbinnedFit fit)
    {
        var expected = fit.Expected(range);
        var pull = expected.Value.Value is { } value && expected.Error.Value is { } error
            ? Measured.Of((observed - value) / Math.Sqrt(value + (inWindow ? error * error : 0)))
            : Measured.Undefined(expected.Value.Reason!);
        return new SpectrumPoint(range, inWindow, observed, expected, pull);
    }
}
