namespace Sideband.Inference.Calibration;

/// <summary>A calibrated p-value with what a reader needs to judge it (results.json: <c>p_local_calibrated</c>, <c>p_global</c>).</summary>
/// <param name="Value">
/// The p-value, in (0, 1]; valid (at most a in a fraction a of signal-free searches, or fewer) however few experiments there are.
/// </param>
/// <param name="Kind">How it was made.</param>
/// <param name="Experiments">Experiments that entered; 0 where none are needed.</param>
/// <param name="Exceedances">Those that reached the observed value, failed ones included.</param>
/// <param name="Failed">Experiments without a value; each counts as an exceedance, so that a failure never makes a p-value smaller.</param>
/// <param name="Bound">True where no experiment reached the observed value: all that they say is p &lt;= <paramref name="Value"/>.</param>
/// <param name="StoppedEarly">True where they ended at a number of exceedances fixed beforehand (<see cref="EarlyStopping"/>).</param>
/// <param name="Approximate">True where the law holds only approximately (weighted or re-used template events).</param>
/// <param name="Extrapolated">Normal extrapolation beyond the experiments, beside a bound; called so wherever it is shown.</param>
public sealed record CalibratedPValue(
    Measured Value,
    PValueKind Kind,
    int Experiments,
    int Exceedances,
    int Failed,
    bool Bound,
    bool StoppedEarly,
    bool Approximate,
    ExtrapolatedPValue Extrapolated)
{
    /// <summary>A p-value that needs no experiments.</summary>
    internal static CalibratedPValue Exact(Measured value, PValueKind kind, bool approximate) =>
        new(value, kind, 0, 0, 0, false, false, approximate, ExtrapolatedPValue.None("nothing to extrapolate: no experiments are needed"));
}
