using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>Upper limits that would be expected without a signal: median and the ends of the central 68 and 95 %, events.</summary>
public sealed record ExpectedLimit(Measured MinusTwo, Measured MinusOne, Measured Median, Measured PlusOne, Measured PlusTwo);

/// <summary>CLs upper limits on S: the S at which CLs falls to 1 - confidence.</summary>
public sealed class UpperLimit
{
    // Of ln CLs at the limit.
    private const double Accuracy = 1e-6;
    private const int MostDoublings = 60, MostSteps = 60;
    private const double GridFactor = 1.15;
    private const int MostGridSteps = 12;

    private readonly BinnedModel _model;
    private readonly double _level, _spurious;
    private readonly LimitStatistic _data;
    private readonly LimitStatistic? _asimov;

    /// <param name="model">Has a signal.</param>
    /// <param name="counts">Events of every bin.</param>
    /// <param name="spurious">Width of the spurious signal, events.</param>
    /// <param name="confidence">0.95 for a 95 % limit.</param>
    public UpperLimit(BinnedModel model, ReadOnlySpan<double> counts, double spurious, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(confidence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        (_model, _level, _spurious) = (model, 1 - confidence, spurious);
        _data = new LimitStatistic(model, counts.ToArray(), spurious, 0);
        Failure = _data.Failure;
        if (Failure is null)
        {
            // The background's expectation, its spurious signal included, with that spurious signal as its own measurement: its estimate is
            // S = 0.
            var background = _data.BackgroundOnly;
            _asimov = new LimitStatistic(model, [.. background.Expected], spurious, background.Signal, background);
            Failure = _asimov.Failure;
        }
    }

    /// <summary>Why there is no limit; null where there can be one.</summary>
    public string? Failure { get; }

    /// <summary>The observed limit by the asymptotic formulae.</summary>
    public Measured Asymptotic()
    {
        return Failure is { } reason ? Measured.Undefined(reason) : Solve(Cls, Math.Max(0, _data.Estimate));

        // Without a signal CLs is 1; the formulae would divide what rounding leaves of two statistics that are 0.
        double Cls(double signal) => signal == 0 ? 1 : AsymptoticCls(_data.At(signal).Value, _asimov!.At(signal).Value);
    }

    /// <summary>
    /// Limits expected from the background-only fit to the data, asymptotic: CLs = Q(sqrt(q_A) - N)/Q(-N) for N = -2 to 2.
    /// </summary>
    public ExpectedLimit Expected()
    {
        var limits = new Measured[5];
        for (var i = 0; i < limits.Length; i++)
        {
            var n = i - 2;
            limits[i] = Failure is { } reason
                ? Measured.Undefined(reason)
                : Solve(signal => Tail(Math.Sqrt(_asimov!.At(signal).Value) - n) / Tail(-n), 0);
        }

        return new ExpectedLimit(limits[0], limits[1], limits[2], limits[3], limits[4]);

        static double Tail(double z) => NormalDistribution.UpperTail(z);
    }

    /// <summary>
    /// The observed limit by toys: at every strength of a grid, toys of the fits with and without that strength; ln CLs is interpolated
    /// between the strengths where it passes the level.
    /// </summary>
    /// <param name="toys">Number of toys, each with and without signal, at every strength; 1000 give CLs to 14 % at 0.05.</param>
    /// <param name="streams">Draw them.</param>
    public Measured ByToys(int toys, ToyStreams streams)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(toys, 1);
        var first = Asymptotic();
        if (first.Value is not { } signal)
        {
            return first;
        }

        // The toys without signal are the same at every strength.
        var streamsWithout = streams.Below("background");
        LimitStatistic[] without = [.. Enumerable.Range(0, toys).Select(toy => Toy(_data.BackgroundOnly, 0, streamsWithout[toy]))];
        var cls = ToyCls(signal, without, streams);
        var (strength, factor) = (signal, cls.Value > _level ? GridFactor : 1 / GridFactor);
        for (var step = 0; step < MostGridSteps && cls.Value is { } here; step++)
        {
            var next = strength * factor;
            var nextCls = ToyCls(next, without, streams);
            if (nextCls.Value is { } there && (there > _level) != (here > _level))
            {
                // A strength that no toy of the signal reaches has CLs below one toy.
                var (a, b) = (PortableMath.Log(Math.Max(here, 0.1 / toys)), PortableMath.Log(Math.Max(there, 0.1 / toys)));
                return Measured.Of(strength + ((next - strength) * (PortableMath.Log(_level) - a) / (b - a)));
            }

            (strength, cls) = (next, nextCls);
        }

        return cls.IsDefined ? Measured.Undefined("CLs of the toys does not pass the level near the asymptotic limit") : cls;
    }

    /// <summary>CLs = P(statistic at least as large given S)/P(same given no signal), by the asymptotic formulae (eqs. 64 to 66).</summary>
    /// <param name="value">Statistic of the data.</param>
    /// <param name="asimov">Statistic of the background's expectation.</param>
    public static double AsymptoticCls(double value, double asimov)
    {
        var (root, rootAsimov) = (Math.Sqrt(value), Math.Sqrt(asimov));
        var beyond = value > asimov;
        var signalTail = NormalDistribution.UpperTail(beyond ? (value + asimov) / (2 * rootAsimov) : root);
        return signalTail / NormalDistribution.UpperTail(beyond ? (value - asimov) / (2 * rootAsimov) : root - rootAsimov);
    }

    private Measured ToyCls(double signal, LimitStatistic[] background, ToyStreams streams)
    {
        var toys = background.Length;
        var (observed, held) = _data.At(signal);
        if (double.IsNaN(observed))
        {
            return Measured.Undefined(held.Status.Reason!);
        }

        var (withSignal, without, failedWith, failedWithout) = (0L, 0L, 0, 0);
        for (var toy = 0; toy < toys; toy++)
        {
            var (first, second) = (At(Toy(held, signal, streams.Below("signal")[toy])), At(background[toy]));
            failedWith += double.IsNaN(first) ? 1 : 0;
            failedWithout += double.IsNaN(second) ? 1 : 0;
            withSignal += first >= observed ? 1 : 0;
            without += second >= observed ? 1 : 0;
        }

        double At(LimitStatistic statistic) => statistic.Failure is null ? statistic.At(signal).Value : double.NaN;

        // Each a fraction of the toys that were fitted: those with a signal may fail more often than those without, or less.
        var failed = failedWith + failedWithout;
        return failed > ToyStreams.LargestFailedFraction * 2 * toys ? Measured.Undefined($"{failed} fits of {2 * toys} toys failed")
            : without == 0 ? Measured.Undefined("no toy without signal is as far from the signal as the data")
            : failedWith == toys ? Measured.Undefined("no toy with a signal was fitted")
            : Measured.Of(withSignal * (toys - failedWithout) / (double)(without * (toys - failedWith)));
    }

    private LimitStatistic Toy(BinnedFit truth, double strength, RandomStream stream)
    {
        var auxiliary = (_spurious > 0 ? truth.Signal - strength : 0) + (_spurious * stream.NextGaussian());
        return new LimitStatistic(_model, ToyStreams.Counts(stream, truth.Expected), _spurious, auxiliary, truth);
    }

    // CLs falls with S above S_hat: the distance is doubled until it is below the level, then regula falsi (Illinois) on ln CLs.
    private Measured Solve(Func<double, double> cls, double low)
    {
        var step = _data.Free.SignalError + _spurious;
        var (x, f) = (low, Excess(low));
        var (next, nextF) = (low + step, Excess(low + step));
        for (var i = 0; i < MostDoublings && nextF > 0; i++)
        {
            step *= 2;
            (x, f, next) = (next, nextF, low + step);
            nextF = Excess(next);
        }

        // Where a fit fails the search ends at that S, which knows the reason.
        for (var i = 0; i < MostSteps && !double.IsNaN(nextF) && f > 0 != nextF > 0 && !(Math.Abs(nextF) < Accuracy); i++)
        {
            var middle = next - (nextF * (next - x) / (nextF - f));
            var middleF = Excess(middle);
            (x, f) = middleF > 0 != nextF > 0 ? (next, nextF) : (x, 0.5 * f);
            (next, nextF) = (middle, middleF);
        }

        if (Math.Abs(nextF) < Accuracy)
        {
            return Measured.Of(next);
        }

        var reason = _data.At(next).Held.Status.Reason ?? _asimov!.At(next).Held.Status.Reason ?? "its fits do not give one curve";
        return Measured.Undefined($"CLs cannot be followed down to the level: {reason}");

        double Excess(double signal) => PortableMath.Log(Math.Max(cls(signal), 1e-300) / _level);
    }
}
