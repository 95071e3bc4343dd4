namespace Sideband.Learning.Transport;

/// <summary>Events that a transport is learned from.</summary>
/// <param name="Features">[feature][event], finite, in their own units.</param>
/// <param name="Mass">One an event, finite.</param>
public sealed record TransportSample(float[][] Features, double[] Mass);
