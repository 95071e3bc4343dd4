using Sideband.Numerics;

namespace Sideband.Inference.Counting;

/// <summary>
/// Do the windows away from the largest excess look like background, or is the background estimate too low everywhere, so that
/// the largest excess must not be claimed? Judged at one working point from the signed significances of the windows that do not
/// overlap the one of the largest S.
/// </summary>
/// <remarks>
/// If the estimate is right, each S is a standard normal z and two windows are correlated by <see cref="Window.Correlation"/> (shared
/// events). For k windows with correlations C_ij the variance of the mean is sum C_ij / k^2 = 1/n_eff, which defines the
/// effective number of windows. Two one-sided tests, each at level <see cref="Level"/>:
/// <list type="number">
/// <item>mean: Q(mean sqrt(n_eff)), a common upward shift;</item>
/// <item>chi2 of the excesses, sum over z > 0 of z^2, divided by k/n_eff, against its distribution for n_eff windows, sum_j
/// binomial(n_eff, j) 2^-n_eff P(chi2_j >= x), interpolated linearly between whole n_eff: windows that jump about.</item>
/// </list>
/// Only excesses count: a true resonance in the sidebands of a neighbouring window raises that window's background and makes a
/// deficit, which must not veto the discovery. A common systematic error is not part of the correlation on purpose: windows that
/// are high together because delta_sys is wrong are what the verdict looks for.
/// </remarks>
/// <param name="Biased">True: verdict "background_estimate_biased", no largest excess is claimed; false: "ok".</param>
/// <param name="Reason">What decided, in words.</param>
/// <param name="LargestExcess">The window of the largest S; null where no S is defined.</param>
/// <param name="Windows">k, the windows judged: S defined, no overlap with <paramref name="LargestExcess"/>.</param>
/// <param name="EffectiveWindows">
/// n_eff = k^2 / sum C_ij, the number of independent windows whose mean is as uncertain; 0 without windows. Not n_ind of
/// <see cref="Window.IndependentCount"/>, the masses covered over the mean width.
/// </param>
/// <param name="Mean">Mean of S over the k windows.</param>
/// <param name="ChiSquared">Sum of S^2 over the k windows, excesses and deficits.</param>
/// <param name="ExcessChiSquared">Sum of S^2 over those with S > 0.</param>
/// <param name="MeanPValue">p-value of test 1.</param>
/// <param name="ExcessPValue">p-value of test 2.</param>
public sealed record ValidationVerdict(
    bool Biased,
    string Reason,
    Window? LargestExcess,
    int Windows,
    double EffectiveWindows,
    Measured Mean,
    Measured ChiSquared,
    Measured ExcessChiSquared,
    Measured MeanPValue,
    Measured ExcessPValue)
{
    /// <summary>
    /// p-value below which a test calls the estimate biased. Two tests: at most 5 % of true resonances over a good estimate are vetoed.
    /// </summary>
    public const double Level = 0.025;

    /// <summary>Judges the windows of one working point.</summary>
    /// <param name="significances">Signed significance of each window (mean over runs); undefined ones are left out.</param>
    public static ValidationVerdict Of(IReadOnlyList<(Window Window, Measured Significance)> significances)
    {
        var defined = new List<(Window Window, double Z)>();
        foreach (var (window, significance) in significances)
        {
            if (significance.Value is { } z)
            {
                defined.Add((window, z));
            }
        }

        if (defined.Count == 0)
        {
            return Unjudged("no window has a significance", null);
        }

        var largest = defined.MaxBy(entry => entry.Z).Window;
        var others = defined.Where(entry => !entry.Window.Overlaps(largest)).ToList();
        return others.Count == 0
            ? Unjudged("not judged: no window lies apart from the largest excess", largest)
            : Judge(largest, others);
    }

    private static ValidationVerdict Judge(Window largest, List<(Window Window, double Z)> others)
    {
        var k = others.Count;
        var (sum, chiSquared, excess, correlations) = (0.0, 0.0, 0.0, 0.0);
        foreach (var (window, z) in others)
        {
            sum += z;
            chiSquared += z * z;
            excess += z > 0 ? z * z : 0;
            foreach (var (other, _) in others)
            {
                correlations += window.Correlation(other);
            }
        }

        var independent = k * k / correlations;
        var mean = sum / k;
        var meanP = NormalDistribution.UpperTail(mean * Math.Sqrt(independent));
        var excessP = ExcessTail(excess * independent / k, independent);
        var reason = meanP < Level
            ? FormattableString.Invariant($"mean S of the other windows is {mean:F2}, p = {meanP:G2}")
            : excessP < Level
            ? FormattableString.Invariant($"chi2 of the other windows' excesses is {excess:F1} for {k} windows, p = {excessP:G2}")
            : "the other windows look like background";
        return new ValidationVerdict(
            meanP < Level || excessP < Level,
            reason,
            largest,
            k,
            independent,
            Measured.Of(mean),
            Measured.Of(chiSquared),
            Measured.Of(excess),
            Measured.Of(meanP),
            Measured.Of(excessP));
    }

    private static ValidationVerdict Unjudged(string reason, Window? largest)
    {
        var none = Measured.Undefined(reason);
        return new ValidationVerdict(false, reason, largest, 0, 0, none, none, none, none, none);
    }

    /// <summary>P(sum over z > 0 of z^2 >= x) for n independent standard normals, n not always whole.</summary>
    private static double ExcessTail(double x, double n)
    {
        // 1 - 1e-9: a whole n that came out a rounding too low.
        var below = Math.Max(1, (int)Math.Floor(n + 1e-9));
        var part = Math.Clamp(n - below, 0, 1);
        return ((1 - part) * ExcessTail(x, below)) + (part * ExcessTail(x, below + 1));
    }

    private static double ExcessTail(double x, int n)
    {
        if (x == 0)
        {
            return 1;
        }

        // j of the n are positive with probability binomial(n, j) / 2^n; then the sum is a chi2 with j degrees of freedom.
        var weight = 1.0;
        for (var i = 0; i < n; i++)
        {
            weight /= 2;
        }

        var tail = 0.0;
        for (var j = 1; j <= n; j++)
        {
            weight *= (n - j + 1.0) / j;
            tail += weight * Metrics.ChiSquared.UpperTail(x, j);
        }

        return tail;
    }
}
