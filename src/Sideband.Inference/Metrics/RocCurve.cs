using Sideband.Inference.Counting;

namespace Sideband.Inference.Metrics;

/// <summary>
/// Signal against background efficiency over all thresholds. One point a distinct score, from "nothing passes" to "everything
/// passes": tied events enter together, so that a tie is a straight line between two points and the area counts it one half.
/// </summary>
public sealed class RocCurve
{
    private readonly EventCount[] _signal; // passing at each point; the first is empty, the last has all
    private readonly EventCount[] _background;

    private RocCurve(EventCount[] signal, EventCount[] background) => (_signal, _background) = (signal, background);

    /// <summary>Number of points, both ends included.</summary>
    public int Count => _signal.Length;

    /// <summary>
    /// Probability that a signal event scores above a background event, ties one half, from the curve's area; exact for unit weights.
    /// </summary>
    public double Auc
    {
        get
        {
            // Area in units of weight products, doubled: whole numbers for unit weights, exact below 2^53.
            var doubled = 0.0;
            for (var i = 1; i < Count; i++)
            {
                var width = _background[i].SumWeights - _background[i - 1].SumWeights;
                doubled += width * (_signal[i].SumWeights + _signal[i - 1].SumWeights);
            }

            return 0.5 * doubled / (_signal[^1].SumWeights * _background[^1].SumWeights);
        }
    }

    /// <summary>The curve of two sets of scores.</summary>
    /// <param name="signal">Scores of signal events; summed weight above 0.</param>
    /// <param name="background">Scores of background events; summed weight above 0.</param>
    /// <exception cref="ArgumentException">No events, scores that are not finite, or negative weights.</exception>
    public static RocCurve Of(ScoreDistribution signal, ScoreDistribution background)
    {
        Require(signal, nameof(signal));
        Require(background, nameof(background));
        var s = signal.Ascending;
        var b = background.Ascending;
        var (i, j) = (s.Length - 1, b.Length - 1);
        var signalPassing = new List<EventCount> { default };
        var backgroundPassing = new List<EventCount> { default };
        while (i >= 0 || j >= 0)
        {
            var score = Math.Max(i >= 0 ? s[i] : float.NegativeInfinity, j >= 0 ? b[j] : float.NegativeInfinity);
            while (i >= 0 && s[i] == score)
            {
                i--;
            }

            while (j >= 0 && b[j] == score)
            {
                j--;
            }

            signalPassing.Add(signal.FromRank(i + 1));
            backgroundPassing.Add(background.FromRank(j + 1));
        }

        return new RocCurve([.. signalPassing], [.. backgroundPassing]);
    }

    /// <summary>eps_S of a point, in [0, 1].</summary>
    public double SignalEfficiency(int point) => _signal[point].SumWeights / _signal[^1].SumWeights;

    /// <summary>eps_B of a point, in [0, 1].</summary>
    public double BackgroundEfficiency(int point) => _background[point].SumWeights / _background[^1].SumWeights;

    /// <summary>Number of background events that pass at a point, whatever their weights.</summary>
    public long BackgroundEvents(int point) => _background[point].Events;

    /// <summary>eps_S at an eps_B: linear between neighbouring points; where several points have this eps_B, the highest.</summary>
    /// <param name="backgroundEfficiency">In [0, 1].</param>
    public double SignalEfficiencyAt(double backgroundEfficiency)
    {
        // Last point with eps_B <= asked.
        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = BackgroundEfficiency(middle) <= backgroundEfficiency ? (middle, high) : (low, middle - 1);
        }

        return low == Count - 1
            ? 1
            : Interpolate(
                backgroundEfficiency,
                BackgroundEfficiency(low),
                BackgroundEfficiency(low + 1),
                SignalEfficiency(low),
                SignalEfficiency(low + 1));
    }

    /// <summary>
    /// Background rejection 1/eps_B at an eps_S: linear in eps_B between points; where several points have this eps_S, the lowest
    /// eps_B. Undefined where no background event passes.
    /// </summary>
    /// <param name="signalEfficiency">In [0, 1].</param>
    public Measured RejectionAt(double signalEfficiency)
    {
        // First point with eps_S >= asked.
        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = SignalEfficiency(middle) < signalEfficiency ? (middle + 1, high) : (low, middle);
        }

        var efficiency = low == 0
            ? 0
            : Interpolate(
                signalEfficiency,
                SignalEfficiency(low - 1),
                SignalEfficiency(low),
                BackgroundEfficiency(low - 1),
                BackgroundEfficiency(low));
        return efficiency > 0 ? Measured.Of(1 / efficiency) : Measured.Undefined("no background event passes at this signal efficiency");
    }

    /// <summary>
    /// Significance improvement SIC = eps_S / sqrt(eps_B) at an eps_B, with <see cref="SignalEfficiencyAt"/>. Undefined where too few
    /// background events are expected to pass.
    /// </summary>
    /// <param name="backgroundEfficiency">In (0, 1].</param>
    /// <param name="fewestPassing">Effective background events that must be expected to pass, at least 1.</param>
    public Measured SicAt(double backgroundEfficiency, int fewestPassing = 1)
    {
        var expected = backgroundEfficiency * _background[^1].EffectiveEvents;
        return expected < fewestPassing * (1 - 1e-9)
            ? Measured.Undefined(FormattableString.Invariant(
                $"{expected:G3} background test events expected to pass; at least {fewestPassing} needed"))
            : Measured.Of(SignalEfficiencyAt(backgroundEfficiency) / Math.Sqrt(backgroundEfficiency));
    }

    /// <summary>The SIC at an eps_S, with <see cref="RejectionAt"/>; undefined where too few background events would pass.</summary>
    /// <param name="signalEfficiency">In [0, 1].</param>
    /// <param name="fewestPassing">Effective background events that must be expected to pass, at least 1.</param>
    public Measured SicAtSignal(double signalEfficiency, int fewestPassing) =>
        RejectionAt(signalEfficiency).Then(rejection =>
            _background[^1].EffectiveEvents / rejection < fewestPassing * (1 - 1e-9)
                ? Measured.Undefined(FormattableString.Invariant($"fewer than {fewestPassing} background events pass"))
                : Measured.Of(signalEfficiency * Math.Sqrt(rejection)));

    /// <summary>The point of largest SIC among those where enough background events pass; null where that is nowhere so.</summary>
    /// <param name="minimumBackgroundEvents">Background events (not weights) that must pass, at least 1; the contract takes 25.</param>
    public SicPoint? MaximumSic(int minimumBackgroundEvents)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumBackgroundEvents, 1);
        SicPoint? best = null;
        for (var i = 1; i < Count; i++)
        {
            if (_background[i].Events >= minimumBackgroundEvents && BackgroundEfficiency(i) > 0)
            {
                var point = new SicPoint(SignalEfficiency(i), BackgroundEfficiency(i));
                best = best is null || point.Sic > best.Value.Sic ? point : best;
            }
        }

        return best;
    }

    private static double Interpolate(double x, double x0, double x1, double y0, double y1) => y0 + ((x - x0) / (x1 - x0) * (y1 - y0));

    private static void Require(ScoreDistribution scores, string name)
    {
        var problem = scores.Failure
            ?? (scores.HasNegativeWeights ? "negative weights: efficiencies would not rise from point to point" : null)
            ?? (scores.Total.SumWeights > 0 ? null : "no events");
        if (problem is not null)
        {
            throw new ArgumentException(problem, name);
        }
    }
}
