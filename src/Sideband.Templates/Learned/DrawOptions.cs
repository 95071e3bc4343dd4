namespace Sideband.Templates.Learned;

/// <summary>How many events are drawn from a density.</summary>
/// <param name="Oversampling">Events that train, in units of N_SR; 1 to 100.</param>
public sealed record DrawOptions(int Oversampling)
{
    /// <summary>
    /// Events drawn to set the thresholds, in units of N_SR (methods.md, section 2). They count once, as distinct events, however
    /// many folds they serve.
    /// </summary>
    public const int ThresholdOversampling = 4;
}
