using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>One fit of a <see cref="BinnedModel"/>: Newton's method in (c, t, T), T left out where it is held.</summary>
internal sealed class BinnedNewton
{
    private const int MostSteps = 200;

    // Expected decrease of -ln L at which the last step is taken: likelihood ratios are good to as much.
    private const double Decrement = 1e-10;
    private const double BarrierEvents = 1e-6;

    // Whitened parameters of a spectrum are of order 1 to 10; where there is no maximum they run away.
    private const double LargestParameter = 1e4;

    // A function that falls off like a Gaussian may underflow in the last bins, which must not read as a forbidden expectation of 0.
    private const double SmallestBackground = 1e-290;

    private readonly BinnedModel _model;
    private readonly double[] _counts;
    private readonly SignalConstraint _constraint;
    private readonly int _shape, _size;
    private readonly double _barrier;
    private readonly double[] _density, _background, _expected, _gradient, _observed, _fisher;
    private double[] _values;
    private double _objective;

    public BinnedNewton(BinnedModel model, double[] counts, SignalConstraint constraint, BinnedFit? start)
    {
        (_model, _counts, _constraint, _shape) = (model, counts, constraint, model.Function.Parameters);
        _size = _shape + 1 + (constraint.Sigma > 0 ? 1 : 0);
        _barrier = constraint.Sigma > 0 || constraint.Centre < 0 ? BarrierEvents : 0;
        (_density, _background, _expected) = (new double[model.Weights.Length], new double[counts.Length], new double[counts.Length]);
        (_gradient, _observed, _fisher) = (new double[_size], new double[_size * _size], new double[_size * _size]);
        _values = Start(start);
    }

    public BinnedFit Run()
    {
        _objective = Objective(_values);
        if (!double.IsFinite(_objective))
        {
            return BinnedModel.Failed(FitStatus.Failed(FormattableString.Invariant(
                $"with {SignalOf(_values):G6} signal events the fit would start at an expectation that is not above 0 in some bin")));
        }

        for (var step = 1; step <= MostSteps; step++)
        {
            Derivatives();
            var direction = Direction(_observed) ?? Direction(_fisher);
            if (direction is null)
            {
                return BinnedModel.Failed(FitStatus.Failed("the spectrum does not determine the function's parameters", step));
            }

            // A step out of the allowed region: the expected Hessian knows how a bin without events ends there, the observed one does not.
            var (trial, objective) = Moved(direction, 1);
            if (double.IsInfinity(objective) && Direction(_fisher) is { } shorter)
            {
                direction = shorter;
                (trial, objective) = Moved(direction, 1);
            }

            var decrement = DotProduct.Of(_gradient, direction);
            if (!Accept(direction, decrement, trial, objective))
            {
                return BinnedModel.Failed(FitStatus.Failed("the likelihood cannot be lowered along Newton's direction", step));
            }

            if (_values.AsSpan(1, _shape).ContainsAnyExceptInRange(-LargestParameter, LargestParameter))
            {
                return BinnedModel.Failed(FitStatus.Failed("the likelihood has no maximum: the events lie in too few bins", step));
            }

            if (decrement < Decrement)
            {
                return Finish(step);
            }
        }

        return BinnedModel.Failed(FitStatus.Failed($"no convergence in {MostSteps} Newton steps", MostSteps));
    }

    private double[] Start(BinnedFit? start)
    {
        var values = new double[_size];
        if (start is { Status.Converged: true } && start.Parameters.Count == _shape)
        {
            start.Values.AsSpan(0, _shape + 1).CopyTo(values);
        }
        else
        {
            _model.Basis.Start().CopyTo(values, 1);
            Expect(values);
            values[0] = PortableMath.Log(_counts.Sum() / _background.Sum());
        }

        return values;
    }

    // b_i and mu_i, and the density times weight of every quadrature point.
    private void Expect(double[] values)
    {
        var signal = SignalOf(values);
        var firstNode = _model.FirstNode;
        for (var bin = 0; bin < _counts.Length; bin++)
        {
            var sum = 0.0;
            for (var i = firstNode[bin]; i < firstNode[bin + 1]; i++)
            {
                var exponent = values[0] + DotProduct.Of(_model.Nodes.AsSpan(i * _shape, _shape), values.AsSpan(1, _shape));
                _density[i] = _model.Weights[i] * PortableMath.Exp(exponent);
                sum += _density[i];
            }

            _background[bin] = sum = Math.Max(sum, SmallestBackground);
            _expected[bin] = signal == 0 ? sum : sum + (signal * _model.Signal![bin]);
        }
    }

    // -ln L + that of the saturated model; infinite where a bin has no positive expectation.
    private double Objective(double[] values)
    {
        Expect(values);
        return Deviance(values, _barrier) / 2;
    }

    private double Deviance(double[] values, double barrier)
    {
        var sum = 0.0;
        for (var bin = 0; bin < _counts.Length; bin++)
        {
            var (mu, n) = (_expected[bin], _counts[bin]);
            if (!(mu > 0 && double.IsFinite(mu)))
            {
                return double.PositiveInfinity;
            }

            sum += LogSeries.Deviance(n, mu) - (n > 0 || barrier == 0 ? 0 : barrier * PortableMath.Log(mu));
        }

        var pull = _constraint.Sigma > 0 ? (values[^1] - _constraint.Centre) / _constraint.Sigma : 0;
        return (2 * sum) + (pull * pull);
    }

    private void Derivatives()
    {
        Array.Clear(_gradient);
        Array.Clear(_observed);
        Array.Clear(_fisher);
        Span<double> first = stackalloc double[_size];
        Span<double> second = stackalloc double[_size * _size];
        for (var bin = 0; bin < _counts.Length; bin++)
        {
            Moments(bin, first, second);
            var mu = _expected[bin];
            var ratio = (_counts[bin] > 0 ? _counts[bin] : _barrier) / mu;
            for (var k = 0; k < _size; k++)
            {
                _gradient[k] += (1 - ratio) * first[k];
                for (var j = 0; j <= k; j++)
                {
                    var product = first[k] * first[j] / mu;
                    _fisher[(k * _size) + j] += product;
                    _observed[(k * _size) + j] += (ratio * product) + ((1 - ratio) * second[(k * _size) + j]);
                }
            }
        }

        if (_constraint.Sigma > 0)
        {
            var weight = 1 / (_constraint.Sigma * _constraint.Sigma);
            _gradient[^1] += (_values[^1] - _constraint.Centre) * weight;
            _fisher[^1] += weight;
            _observed[^1] += weight;
        }
    }

    // First and (lower triangle of the) second derivatives of a bin's expectation.
    private void Moments(int bin, Span<double> first, Span<double> second)
    {
        first.Clear();
        second.Clear();
        for (var i = _model.FirstNode[bin]; i < _model.FirstNode[bin + 1]; i++)
        {
            var w = _model.Nodes.AsSpan(i * _shape, _shape);
            for (var k = 0; k < w.Length; k++)
            {
                var moment = _density[i] * w[k];
                first[k + 1] += moment;
                for (var j = 0; j <= k; j++)
                {
                    second[((k + 1) * _size) + j + 1] += moment * w[j];
                }
            }
        }

        first[0] = second[0] = _background[bin];
        for (var k = 1; k <= _shape; k++)
        {
            second[k * _size] = first[k];
        }

        if (_size > _shape + 1)
        {
            first[^1] = _model.Signal![bin];
        }
    }

    private double[]? Direction(double[] hessian) => SmallCholesky.Of(hessian, _size)?.Solve(_gradient);

    private (double[] Values, double Objective) Moved(double[] direction, double scale)
    {
        var trial = new double[_size];
        for (var k = 0; k < _size; k++)
        {
            trial[k] = _values[k] - (scale * direction[k]);
        }

        return (trial, Objective(trial));
    }

    // Halves the step until the likelihood falls by part of what was expected.
    private bool Accept(double[] direction, double decrement, double[] trial, double objective)
    {
        for (var scale = 1.0; scale > 1e-12; scale /= 2)
        {
            if (objective <= _objective - (1e-4 * scale * decrement) + 1e-10)
            {
                (_values, _objective) = (trial, objective);
                return true;
            }

            (trial, objective) = Moved(direction, scale / 2);
        }

        return false;
    }

    private BinnedFit Finish(int steps)
    {
        Derivatives();
        var inverse = (SmallCholesky.Of(_observed, _size) ?? SmallCholesky.Of(_fisher, _size))?.Inverse();
        return inverse is null
            ? BinnedModel.Failed(FitStatus.Failed("the spectrum does not determine the function's parameters", steps))
            : new BinnedFit(
                FitStatus.Good(steps),
                _values,
                Deviance(_values, 0),
                _background,
                _expected,
                inverse,
                _model.Basis.ToParameters(_values.AsSpan(1, _shape)));
    }

    private double SignalOf(double[] values) => _size > _shape + 1 ? values[^1] : _constraint.Centre;
}
