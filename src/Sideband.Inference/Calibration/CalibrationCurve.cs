namespace Sideband.Inference.Calibration;

/// <summary>
/// Quoted against true p-values, from experiments without signal: the true one of a quoted q is the fraction of experiments that quote
/// q or less. On the diagonal a search is calibrated, below it (true above quoted) it overstates.
/// </summary>
/// <param name="Points">In the order of the quoted values asked for.</param>
/// <param name="Experiments">Experiments with a p-value.</param>
/// <param name="Failed">Experiments without; left out and shown.</param>
public sealed record CalibrationCurve(IReadOnlyList<CalibrationPoint> Points, int Experiments, int Failed)
{
    /// <param name="quoted">The p-value that each signal-free experiment quotes.</param>
    /// <param name="levels">Quoted values to look at, in (0, 1].</param>
    /// <param name="confidence">Content of the bands, in (0, 1).</param>
    public static CalibrationCurve Of(
        IReadOnlyList<Measured> quoted,
        IReadOnlyList<double> levels,
        double confidence = BinomialInterval.OneSigma)
    {
        double[] sorted = [.. quoted.Select(value => value.Value).OfType<double>().Order()];
        return new CalibrationCurve(
            sorted.Length == 0 ? [] : [.. levels.Select(level => CalibrationPoint.Of(level, sorted, confidence))],
            sorted.Length,
            quoted.Count - sorted.Length);
    }
}
