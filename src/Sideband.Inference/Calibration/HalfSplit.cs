using Sideband.Inference.Counting;
using Sideband.Numerics;

namespace Sideband.Inference.Calibration;

/// <summary>
/// The exact local p-value of a half-split. Where template and background are exchangeable and there is no signal, the ranks of the
/// pooled scores are a random order of the labels, whatever the score is: with R_c the n-th largest template score, N data events pass
/// (negative hypergeometric) with
/// <code>P(at least N) = P( at least N data events among the N + n - 1 highest of M_T + M_S )  ->  I_x(N, n),  x = 1/(1 + M_T/M_S)</code>
/// for large samples. Sums over k folds do not obey it: their classifiers share training events.
/// </summary>
public static class HalfSplit
{
    /// <summary>
    /// p of the sums themselves: exact for any sample size. With ties at R_c the N + n events that pass are one block whose size does
    /// not depend on the labels: N + n draws, I_x(N, n + 1) in the limit, which is exact for one tied block and larger otherwise.
    /// </summary>
    /// <param name="observed">N, 0 to <paramref name="data"/>.</param>
    /// <param name="data">M_S.</param>
    /// <param name="passing">n, 1 to <paramref name="template"/>.</param>
    /// <param name="template">M_T.</param>
    /// <param name="tied">R_c is the score of more than one event.</param>
    public static double Exact(long observed, long data, long passing, long template, bool tied = false) =>
        Hypergeometric.UpperTail(observed, data + template, data, observed + passing - (tied ? 0 : 1));

    /// <summary>The limit of large samples, I_{1/(1 + tau)}(N, n); with ties I_{1/(1 + tau)}(N, n + 1).</summary>
    /// <param name="observed">N, at least 0.</param>
    /// <param name="passing">n, above 0; an effective number for weighted templates.</param>
    /// <param name="tau">Template over data, M_T/M_S, above 0; in general n / b, b the expected background.</param>
    /// <param name="tied">R_c is the score of more than one event.</param>
    public static double Limit(double observed, double passing, double tau, bool tied = false) =>
        observed > 0 ? IncompleteBeta.Regularised(1 / (1 + tau), observed, tied ? passing + 1 : passing) : 1;

    /// <summary>
    /// The on/off binomial I_{1/(1 + tau)}(N, n + 1), for comparison: it takes n for a Poisson count in a region fixed beforehand, and
    /// is conservative where R_c is itself a template score.
    /// </summary>
    /// <param name="observed">N, at least 0.</param>
    /// <param name="passing">n, at least 0.</param>
    /// <param name="tau">Template over data, above 0.</param>
    public static double OnOff(double observed, double passing, double tau) => Limit(observed, passing, tau, tied: true);

    /// <summary>
    /// p averaged over the systematic shift: mean over delta of I_{b/(b + n)}(N, n), b = eps_B M_S (1 + delta). Without a shift and
    /// for unweighted events the exact sum.
    /// </summary>
    /// <param name="count">One direction's counts.</param>
    /// <param name="shift">delta, measured by the same half-split on signal-free events.</param>
    public static CalibratedPValue Of(HalfSplitCount count, ShiftDistribution shift)
    {
        shift.Check();
        if (count.TemplateEfficiency * (1 + shift.Mean) > 1)
        {
            return Failed(ExpectedBackground.AboveAll);
        }

        var value = shift.IsNone && !count.Approximate
            ? Exact((long)count.Observed, (long)count.Data, (long)count.TemplatePassing, count.Template, count.Tied)
            : Averaged(count, shift);
        return CalibratedPValue.Exact(Measured.Of(value), PValueKind.HalfSplit, count.Approximate);
    }

    /// <summary>A direction without counts.</summary>
    public static CalibratedPValue Failed(string reason) =>
        CalibratedPValue.Exact(Measured.Undefined(reason), PValueKind.HalfSplit, approximate: false);

    /// <summary>
    /// Both directions: min(1, 2 min p), valid however the two depend on each other. Undefined where one of them is: a way that failed
    /// could have been the smaller one.
    /// </summary>
    public static CalibratedPValue BothWays(CalibratedPValue first, CalibratedPValue second) => CalibratedPValue.Exact(
        first.Value.Then(a => second.Value.Select(b => Math.Min(1, 2 * Math.Min(a, b)))),
        PValueKind.HalfSplitBothWays,
        first.Approximate || second.Approximate);

    private static double Averaged(HalfSplitCount count, ShiftDistribution shift)
    {
        var unshifted = count.TemplateEfficiency * count.Data;
        double At(double delta) =>
            Limit(count.Observed, count.TemplatePassing, count.TemplatePassing / (unshifted * (1 + delta)), count.Tied);
        if (shift.StandardDeviation == 0 || count.Observed == 0)
        {
            return At(shift.Mean);
        }

        // As a function of 1 + delta the integrand is a cumulative distribution that steps at N/b with relative width sqrt(1/N + 1/n).
        var step = count.Observed / unshifted;
        var width = step * Math.Sqrt((1 / count.Observed) + (1 / count.TemplatePassing));
        var sum = 0.0;
        foreach (var (g, probability) in NormalAverage.Nodes(
            (-1 - shift.Mean) / shift.StandardDeviation,
            (step - 1 - shift.Mean) / shift.StandardDeviation,
            width / shift.StandardDeviation,
            highest: 38))
        {
            var delta = shift.Mean + (shift.StandardDeviation * g);
            sum += delta > -1 ? probability * At(delta) : 0;
        }

        return Math.Min(1, sum);
    }
}
