namespace Sideband.Inference.BumpHunt;

/// <summary>
/// An expected number of events and its standard error from the fit's parameters; both undefined, with one reason, where the fit failed.
/// </summary>
/// <param name="Value">Events.</param>
/// <param name="Error">Events, at least 0; the fluctuation of a count about the expectation is not part of it.</param>
public readonly record struct CountWithError(Measured Value, Measured Error)
{
    internal static CountWithError Undefined(string reason) => new(Measured.Undefined(reason), Measured.Undefined(reason));
}
