using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>
/// Unbinned extended maximum-likelihood fit of a function to the events in given ranges, usually the sidebands. With w the whitened terms,
/// T their mean over the N events and Z(t) the integral of exp(t w) over the ranges, -ln L/N = ln Z(t) - t T is convex; its gradient is the
/// mean of w under the fit minus T, its Hessian their covariance under the fit. The normalisation is N, with the error of a Poisson count.
/// </summary>
/// <remarks>
/// Newton's method with step halving; 200-point Gauss-Legendre quadrature in each range. Independent of the number of events.
/// </remarks>
public sealed class UnbinnedFit
{
    private const int QuadraturePoints = 200;
    private const int MostSteps = 100;

    // Expected decrease of -ln L/N at which Newton's last step is taken: its square is below all digits.
    private const double Decrement = 1e-14;

    // A density on fewer quadrature points than this is one that the points do not resolve.
    private const double FewestPoints = 6;

    private readonly SpectrumSums _sums;
    private readonly WhitenedBasis? _basis;
    private readonly double[] _masses = [], _weights = [], _nodes = [];
    private readonly double[] _t = [], _mean = [], _covariance = [];
    private readonly double _logIntegral;

    private UnbinnedFit(SpectrumFunction function, SpectrumSums sums)
    {
        (Function, _sums) = (function, sums);
        var n = function.Parameters;
        if (sums.Failure is not null || sums.Events <= n)
        {
            Status = FitStatus.Failed(sums.Failure ?? $"{sums.Events} events are too few for {n} parameters");
            return;
        }

        (_masses, _weights) = Quadrature(sums.Ranges);
        _basis = new WhitenedBasis(function, _masses, _weights, sums.SqrtS);
        if (_basis.Failure is { } failure)
        {
            Status = FitStatus.Failed(failure);
            return;
        }

        _nodes = new double[_masses.Length * n];
        for (var i = 0; i < _masses.Length; i++)
        {
            _basis.At(_masses[i], _nodes.AsSpan(i * n, n));
        }

        var target = new double[n];
        _basis.Of(sums.Means, target);
        (_t, _mean, _covariance) = (_basis.Start(), new double[n], new double[n * n]);
        Status = Newton(target, out _logIntegral);
    }

    /// <summary>The function that was fitted.</summary>
    public SpectrumFunction Function { get; }

    public FitStatus Status { get; }

    /// <summary>Events that were fitted.</summary>
    public long Events => _sums.Events;

    /// <summary>
    /// The function's parameters p; empty where the fit failed. With four or more they are nearly degenerate: compare curves instead.
    /// </summary>
    public IReadOnlyList<double> Parameters => Status.Converged ? _basis!.ToParameters(_t) : [];

    /// <summary>Covariance of the parameters, row by row; empty where the fit failed.</summary>
    public IReadOnlyList<double> Covariance => Status.Converged ? _basis!.ToParameterCovariance(_covariance) : [];

    /// <summary>-ln L of the masses' density over the ranges, per unit of mass; differences of it compare functions.</summary>
    public Measured NegativeLogLikelihood { get; private set; }

    /// <summary>Fits; a failure is in <see cref="Status"/>.</summary>
    /// <param name="function">The function.</param>
    /// <param name="sums">The events and the ranges.</param>
    public static UnbinnedFit Of(SpectrumFunction function, SpectrumSums sums) => new(function, sums);

    /// <summary>
    /// Expected events in a range, inside or outside of those fitted: B = N I(range)/I(fitted). Its relative variance is 1/N + g C g with
    /// g the difference of the means of w over the two.
    /// </summary>
    public CountWithError Expected(MassRange range)
    {
        if (!Status.Converged)
        {
            return CountWithError.Undefined(Status.Reason!);
        }

        if (SpectrumSums.RangeFailure([range], _sums.SqrtS) is { } reason)
        {
            return CountWithError.Undefined(reason);
        }

        var n = Function.Parameters;
        var gradient = new double[n];
        var w = new double[n];
        var integral = 0.0;
        var rule = GaussLegendre.Of(MassBins.PointsFor(range.Low, range.High));
        for (var i = 0; i < rule.Points; i++)
        {
            var (mass, weight) = rule.At(i, range.Low, range.High);
            _basis!.At(mass, w);
            var density = weight * PortableMath.Exp(DotProduct.Of(w, _t) - _logIntegral);
            integral += density;
            for (var k = 0; k < n; k++)
            {
                gradient[k] += density * w[k];
            }
        }

        var relativeVariance = 1.0 / Events;
        for (var k = 0; k < n; k++)
        {
            gradient[k] = (gradient[k] / integral) - _mean[k];
            for (var j = 0; j <= k; j++)
            {
                relativeVariance += gradient[k] * gradient[j] * _covariance[(k * n) + j] * (j == k ? 1 : 2);
            }
        }

        var expected = Events * integral;
        var error = expected * Math.Sqrt(relativeVariance);
        return double.IsFinite(expected) && expected > 0 && double.IsFinite(error)
            ? new CountWithError(Measured.Of(expected), Measured.Of(error))
            : CountWithError.Undefined($"the fitted function has no usable value in {range}");
    }

    private FitStatus Newton(double[] target, out double logIntegral)
    {
        var n = _t.Length;
        var densities = new double[_masses.Length];
        var gradient = new double[n];
        logIntegral = LogIntegral(_t, densities);
        for (var step = 1; step <= MostSteps; step++)
        {
            Moments(densities);
            for (var k = 0; k < n; k++)
            {
                gradient[k] = _mean[k] - target[k];
            }

            if (SmallCholesky.Of(_covariance, n) is not { } hessian)
            {
                return FitStatus.Failed("the likelihood has no maximum: the events lie at too few different masses", step);
            }

            var direction = hessian.Solve(gradient);
            var decrement = DotProduct.Of(gradient, direction);
            var (value, scale) = (logIntegral - DotProduct.Of(_t, target), 1.0);
            var start = _t.ToArray();
            while (true)
            {
                for (var k = 0; k < n; k++)
                {
                    _t[k] = start[k] - (scale * direction[k]);
                }

                logIntegral = LogIntegral(_t, densities);
                var limit = value - (1e-4 * scale * decrement) + (1e-14 * Math.Abs(value));
                if (logIntegral - DotProduct.Of(_t, target) <= limit || scale < 1e-6)
                {
                    break;
                }

                scale /= 2;
            }

            if (decrement < Decrement)
            {
                return Finish(densities, logIntegral, target, step);
            }
        }

        return FitStatus.Failed($"no convergence in {MostSteps} Newton steps", MostSteps);
    }

    private FitStatus Finish(double[] densities, double logIntegral, double[] target, int steps)
    {
        Moments(densities);
        var concentration = densities.Sum(density => density * density);
        var inverse = SmallCholesky.Of(_covariance, _t.Length)?.Inverse();
        if (concentration > 1 / FewestPoints || inverse is null || !double.IsFinite(logIntegral))
        {
            return FitStatus.Failed("the likelihood has no maximum: the events lie at too few different masses", steps);
        }

        for (var i = 0; i < inverse.Length; i++)
        {
            _covariance[i] = inverse[i] / Events;
        }

        NegativeLogLikelihood = Measured.Of(Events * (logIntegral - DotProduct.Of(_t, target)));
        return FitStatus.Good(steps);
    }

    // ln Z(t), and every point's exp(t w) times its weight, over Z, in densities.
    private double LogIntegral(double[] t, double[] densities)
    {
        var largest = double.NegativeInfinity;
        for (var i = 0; i < densities.Length; i++)
        {
            densities[i] = DotProduct.Of(_nodes.AsSpan(i * t.Length, t.Length), t);
            largest = Math.Max(largest, densities[i]);
        }

        var sum = 0.0;
        for (var i = 0; i < densities.Length; i++)
        {
            densities[i] = _weights[i] * PortableMath.Exp(densities[i] - largest);
            sum += densities[i];
        }

        for (var i = 0; i < densities.Length; i++)
        {
            densities[i] /= sum;
        }

        return PortableMath.Log(sum) + largest;
    }

    // Mean and covariance of w under the fit; the covariance is about the mean, so that nothing cancels.
    private void Moments(double[] densities)
    {
        var n = _t.Length;
        Array.Clear(_mean);
        Array.Clear(_covariance);
        for (var i = 0; i < densities.Length; i++)
        {
            for (var k = 0; k < n; k++)
            {
                _mean[k] += densities[i] * _nodes[(i * n) + k];
            }
        }

        for (var i = 0; i < densities.Length; i++)
        {
            for (var k = 0; k < n; k++)
            {
                var left = densities[i] * (_nodes[(i * n) + k] - _mean[k]);
                for (var j = 0; j < n; j++)
                {
                    _covariance[(k * n) + j] += left * (_nodes[(i * n) + j] - _mean[j]);
                }
            }
        }
    }

    private static (double[] Masses, double[] Weights) Quadrature(IReadOnlyList<MassRange> ranges)
    {
        var rule = GaussLegendre.Of(QuadraturePoints);
        var points = ranges
            .SelectMany(range => Enumerable.Range(0, QuadraturePoints).Select(i => rule.At(i, range.Low, range.High)))
            .ToList();
        return ([.. points.Select(point => point.X)], [.. points.Select(point => point.Weight)]);
    }
}
