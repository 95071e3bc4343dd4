using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>
/// Fit of a <see cref="DoubleCrystalBall"/> to a signal's masses within 20 % of its mass: maximum likelihood in 200 bins of equal width,
/// by Fisher scoring with Levenberg's damping (a tail without events has a power that nothing determines: damping leaves it where it is).
/// </summary>
/// <param name="Status">How the fit ended.</param>
/// <param name="Shape">The shape; null where the fit failed.</param>
/// <param name="Events">Events that were fitted.</param>
/// <param name="Outside">Events farther from the mass; they are in the shape's tails by extrapolation alone.</param>
/// <param name="ReducedDeviance">
/// Deviance over degrees of freedom; about 1 where the shape describes a signal with many events in every bin.
/// </param>
public sealed record CrystalBallFit(FitStatus Status, DoubleCrystalBall? Shape, int Events, int Outside, Measured ReducedDeviance)
{
    /// <summary>Half width of the fit's range, relative to the mass.</summary>
    public const double RelativeHalfWidth = 0.2;

    private const int Bins = 200;
    private const int Parameters = 6;
    private const int FewestEvents = 50;
    private const int MostSteps = 200;

    // Gain in -2 ln L, by a step that damping did not shorten, below which nothing that the events know is left.
    private const double SmallestGain = 1e-5;
    private const double LargestDamping = 1e9;

    // Bounds of alpha and of n - 1: above them the shape does not change any more, below them it is a tail without a core.
    private const double SmallestAlpha = 0.1, LargestAlpha = 5, SmallestPower = 0.1, LargestPower = 200;

    /// <summary>Fits.</summary>
    /// <param name="masses">Masses of signal events after the selection; at least 50 within 20 % of the mass.</param>
    /// <param name="mass">The signal's mass, above 0, in the unit of the masses.</param>
    public static CrystalBallFit Of(ReadOnlySpan<double> masses, double mass)
    {
        if (!(double.IsFinite(mass) && mass > 0))
        {
            return Failed(FormattableString.Invariant($"the signal's mass is {mass}; it must be above 0"), 0, 0);
        }

        if (SpectrumSums.MassFailure(masses, double.PositiveInfinity) is { } failure)
        {
            return Failed($"signal: {failure}", 0, 0);
        }

        var half = RelativeHalfWidth * mass;
        var range = new MassRange(DecimalLimits.Difference(mass, half), DecimalLimits.Sum(mass, half));
        var bins = MassBins.Of(MassBins.Split(range, 2 * half / Bins));
        var counts = bins.Fill(masses);
        var events = (int)counts.Sum();
        var outside = masses.Length - events;
        var filled = counts.Count(count => count > 0);
        if (events < FewestEvents || filled <= Parameters)
        {
            return Failed($"{events} signal events in {filled} bins within 20 % of the mass are too few for a shape", events, outside);
        }

        var fit = new Scoring(bins, counts, events);
        var status = fit.Run();
        return status.Converged
            ? new CrystalBallFit(status, fit.Shape, events, outside, Measured.Of(fit.Deviance / (bins.Count - Parameters - 1)))
            : Failed(status.Reason!, events, outside, status.Steps);
    }

    private static CrystalBallFit Failed(string reason, int events, int outside, int steps = 0) =>
        new(FitStatus.Failed(reason, steps), null, events, outside, Measured.Undefined(reason));

    // u = (mean, ln sigma, ln alphaLow, ln(nLow - 1), ln alphaHigh, ln(nHigh - 1)).
    private static DoubleCrystalBall ShapeOf(double[] u)
    {
        double Exp(int k) => PortableMath.Exp(u[k]);
        return new DoubleCrystalBall(u[0], Exp(1), Exp(2), 1 + Exp(3), Exp(4), 1 + Exp(5));
    }

    private sealed class Scoring(MassBins bins, double[] counts, int events)
    {
        private double[] _u = [];

        public DoubleCrystalBall Shape => ShapeOf(_u);

        public double Deviance { get; private set; }

        public FitStatus Run()
        {
            _u = Start();
            var expected = Expected(_u);
            Deviance = DevianceOf(expected);
            var damping = 1e-3;
            for (var step = 1; step <= MostSteps; step++)
            {
                var (gradient, fisher) = Derivatives(expected);
                Hold(gradient, fisher);
                for (var k = 0; k < Parameters; k++)
                {
                    fisher[(k * Parameters) + k] = (fisher[(k * Parameters) + k] * (1 + damping)) + 1e-9;
                }

                if (SmallCholesky.Of(fisher, Parameters)?.Solve(gradient) is not { } direction)
                {
                    return FitStatus.Failed("the signal does not determine a shape", step);
                }

                double[] trial = [.. _u.Select((value, k) => value - direction[k])];
                Bound(trial);
                var trialExpected = Expected(trial);
                var trialDeviance = DevianceOf(trialExpected);
                if (!(trialDeviance <= Deviance))
                {
                    // A step that promises nothing is worse by rounding alone, with any damping.
                    var promised = gradient.Zip(direction, (slope, change) => slope * change).Sum();
                    var nothingLeft = promised < SmallestGain && damping < 1;
                    damping *= 8;
                    if (nothingLeft || damping > LargestDamping)
                    {
                        return FitStatus.Good(step);
                    }

                    continue;
                }

                var gain = Deviance - trialDeviance;
                (_u, expected, Deviance, damping) = (trial, trialExpected, trialDeviance, Math.Max(1e-6, damping / 4));
                if (gain < SmallestGain && damping < 1)
                {
                    return FitStatus.Good(step);
                }
            }

            return FitStatus.Failed($"no convergence in {MostSteps} steps", MostSteps);
        }

        // The highest bin and the width that holds 68 % of the events on its two sides; tails at 1.5 sigma with n = 5.
        private double[] Start()
        {
            var peak = Array.IndexOf(counts, counts.Max());
            var (low, high, held) = (peak, peak, counts[peak]);
            while (held < 0.68 * events && (low > 0 || high + 1 < counts.Length))
            {
                held += low > 0 ? counts[--low] : 0;
                held += high + 1 < counts.Length ? counts[++high] : 0;
            }

            var sigma = 0.5 * (bins[high].High - bins[low].Low);
            return [0.5 * (bins[peak].Low + bins[peak].High), PortableMath.Log(sigma), Log(1.5), Log(4), Log(1.5), Log(4)];
        }

        private double[] Expected(double[] u)
        {
            var template = ShapeOf(u).Template(bins);
            return template is null ? [] : [.. template.Select(fraction => events * fraction)];
        }

        private double DevianceOf(double[] expected)
        {
            if (expected.Length == 0)
            {
                return double.PositiveInfinity;
            }

            var sum = 0.0;
            for (var bin = 0; bin < counts.Length; bin++)
            {
                sum += LogSeries.Deviance(counts[bin], Math.Max(expected[bin], 1e-12));
            }

            return 2 * sum;
        }

        // Gradient of -ln L and its expected Hessian; derivatives of the expectations by central differences.
        private (double[] Gradient, double[] Fisher) Derivatives(double[] expected)
        {
            var slopes = new double[Parameters][];
            for (var k = 0; k < Parameters; k++)
            {
                var step = k == 0 ? 1e-5 * PortableMath.Exp(_u[1]) : 1e-5;
                var (up, down) = ((double[])_u.Clone(), (double[])_u.Clone());
                (up[k], down[k]) = (up[k] + step, down[k] - step);
                var (above, below) = (Expected(up), Expected(down));
                slopes[k] = [.. above.Select((value, bin) => (value - below[bin]) / (2 * step))];
            }

            var (gradient, fisher) = (new double[Parameters], new double[Parameters * Parameters]);
            for (var bin = 0; bin < counts.Length; bin++)
            {
                var mu = Math.Max(expected[bin], 1e-12);
                for (var k = 0; k < Parameters; k++)
                {
                    gradient[k] += (1 - (counts[bin] / mu)) * slopes[k][bin];
                    for (var j = 0; j < Parameters; j++)
                    {
                        fisher[(k * Parameters) + j] += slopes[k][bin] * slopes[j][bin] / mu;
                    }
                }
            }

            return (gradient, fisher);
        }

        private (double Low, double High)[] Bounds()
        {
            var alpha = (Log(SmallestAlpha), Log(LargestAlpha));
            var power = (Log(SmallestPower), Log(LargestPower));
            return [(bins.Span.Low, bins.Span.High), (Log(0.01 * bins[0].Width), Log(bins.Span.Width)), alpha, power, alpha, power];
        }

        private void Bound(double[] u)
        {
            foreach (var (k, (low, high)) in Bounds().Index())
            {
                u[k] = Math.Clamp(u[k], low, high);
            }
        }

        // A parameter at its bound that the likelihood drives outwards is left out, or it would spoil the others' step.
        private void Hold(double[] gradient, double[] fisher)
        {
            foreach (var (k, (low, high)) in Bounds().Index())
            {
                if ((_u[k] <= low && gradient[k] > 0) || (_u[k] >= high && gradient[k] < 0))
                {
                    gradient[k] = 0;
                    for (var j = 0; j < Parameters; j++)
                    {
                        fisher[(k * Parameters) + j] = fisher[(j * Parameters) + k] = k == j ? 1 : 0;
                    }
                }
            }
        }

        private static double Log(double x) => PortableMath.Log(x);
    }
}
