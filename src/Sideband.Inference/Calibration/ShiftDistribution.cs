namespace Sideband.Inference.Calibration;

/// <summary>What is known about the systematic shift delta of eps_B N_SR: a normal, truncated to delta &gt; -1.</summary>
/// <param name="Mean">delta_sys, above -1.</param>
/// <param name="StandardDeviation">Of delta itself, relative to eps_B N_SR, at least 0.</param>
public readonly record struct ShiftDistribution(double Mean, double StandardDeviation)
{
    /// <summary>No shift, exactly: the ideal template.</summary>
    public static ShiftDistribution None => default;

    /// <summary>True where delta is 0 without error, so that the exact law holds.</summary>
    public bool IsNone => Mean == 0 && StandardDeviation == 0;

    /// <summary>
    /// From a search's numbers: sigma_sys is relative to N_exp = eps_B N_SR (1 + delta_sys), so delta has the deviation
    /// sigma_sys (1 + delta_sys).
    /// </summary>
    /// <param name="shift">delta_sys, above -1.</param>
    /// <param name="sigmaSystematic">sigma_sys, at least 0.</param>
    public static ShiftDistribution Of(double shift, double sigmaSystematic) => new(shift, sigmaSystematic * (1 + shift));

    internal void Check()
    {
        if (!(double.IsFinite(Mean) && Mean > -1 && double.IsFinite(StandardDeviation) && StandardDeviation >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Mean), this, "A shift lies above -1 and has a deviation of at least 0.");
        }
    }
}
