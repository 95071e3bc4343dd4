namespace Sideband.Inference.Limits;

/// <summary>
/// One redraw of a search with injected signal: background and signal drawn anew, the whole chain trained again. One window, one
/// working point.
/// </summary>
/// <param name="Count">What the search counts.</param>
/// <param name="SignalPassing">y: labelled signal events in the window that pass.</param>
public sealed record InjectionDraw(PassingCount Count, Measured SignalPassing)
{
    /// <summary>Why this redraw is of no use (a training failed, a count is undefined); null where it is.</summary>
    public string? Failure => SignalPassing.Reason ?? Count.Failure;
}
