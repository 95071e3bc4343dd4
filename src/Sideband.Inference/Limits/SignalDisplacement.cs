namespace Sideband.Inference.Limits;

/// <summary>
/// Signal in the template takes the place of background above the threshold, which lets eps_B of the template pass, whatever it is made
/// of: fewer background events pass than N_exp says. The same classifier lets signal pass in template and window, so that what is displaced
/// is in proportion to what passes,
/// <code>N_obs - y = (1 + delta) N_exp - a y</code>
/// and an excess over N_exp is (1 - a) y. Least squares give a, and delta, which all strengths share, from the mean counts of the
/// strengths, weighted with their redraws. Eight strengths up to S/sqrt(B) = 6 with 20 redraws each know a to some 0.02.
/// </summary>
public static class SignalDisplacement
{
    private const string Unknown = "how much background the signal in the template displaces needs redraws at two strengths";

    // Of what is left of y's sum of squares beside N_exp's: rounding, not signal.
    private const double Smallest = 1e-9;

    /// <summary>a; at least 0, since signal in a template cannot make more background pass.</summary>
    /// <param name="scan">Redraws in one window at one working point.</param>
    public static Measured Of(InjectionScan scan)
    {
        var means = scan.Strengths.Where(strength => strength.Draws.Count > 0).Select(strength => (
            Weight: (double)strength.Draws.Count,
            Observed: strength.Draws.Average(draw => draw.Count.Observed.Value!.Value),
            Expected: strength.Draws.Average(draw => draw.Count.Background.Expected.Value!.Value),
            Signal: strength.Draws.Average(draw => draw.SignalPassing.Value!.Value))).ToArray();
        if (means.Length < 2)
        {
            return Measured.Undefined(Unknown);
        }

        var (ee, ey, yy, er, yr) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var (weight, observed, expected, signal) in means)
        {
            var missing = expected + signal - observed;
            ee += weight * expected * expected;
            ey += weight * expected * signal;
            yy += weight * signal * signal;
            er += weight * expected * missing;
            yr += weight * signal * missing;
        }

        var left = yy - (ey * ey / ee);
        return left > Smallest * yy
            ? Measured.Of(Math.Max(0, (yr - (ey * er / ee)) / left))
            : Measured.Of(0); // no signal passes anywhere
    }
}
