using System.Runtime.Intrinsics;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.Flows;

/// <summary>
/// A monotone spline of rational quadratics (Durkan et al., arXiv:1906.04032, section 3.1, after Gregory and Delbourgo) on [-bound, bound]
/// and the identity outside. Of K bins the free parameters are K widths and K heights (through a softmax, at least 1e-3 of the range each)
/// and K - 1 slopes at the inner knots (through a softplus, at least 1e-3); at the ends the slope is 1. All 0: the identity.
/// </summary>
/// <remarks>One object for one thread: it holds the knots of the last <see cref="Set"/>.</remarks>
internal sealed class RationalQuadraticSpline
{
    private const float Minimum = 1e-3f;

    /// <summary>ln(e^(1 - minimum) - 1): the softplus of it is 1 - minimum.</summary>
    private const float SlopeOffset = 0.5397424f;

    private readonly int _bins;
    private readonly float _bound;
    private readonly float[] _numbers;
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly float[] _slope;
    private readonly float[] _widthFraction;
    private readonly float[] _heightFraction;
    private readonly float[] _slopeSigmoid;

    public RationalQuadraticSpline(int bins, float bound)
    {
        (_bins, _bound) = (bins, bound);
        _numbers = new float[PanelLayout.RoundUp(bins, VectorMath.Lanes)];
        (_x, _y, _slope) = (new float[bins + 1], new float[bins + 1], new float[bins + 1]);
        (_widthFraction, _heightFraction, _slopeSigmoid) = (new float[bins], new float[bins], new float[bins + 1]);
        (_slope[0], _slope[bins]) = (1, 1);
    }

    /// <summary>Free parameters of a spline of so many bins: widths, heights, slopes.</summary>
    public static int Count(int bins) => (3 * bins) - 1;

    /// <summary>Takes the parameters number 0, stride, 2 stride, ... of the span.</summary>
    public void Set(ReadOnlySpan<float> parameters, int stride)
    {
        Knots(parameters, stride, _widthFraction, _x);
        Knots(parameters[(_bins * stride)..], stride, _heightFraction, _y);
        for (var k = 1; k < _bins; k++)
        {
            _numbers[k - 1] = parameters[((2 * _bins) + k - 1) * stride] + SlopeOffset;
        }

        for (var k = 0; k < _bins - 1; k += VectorMath.Lanes)
        {
            // softplus(u) = max(u, 0) + ln(1 + e^-|u|).
            var u = Vector512.Create(_numbers, k);
            var e = VectorMath.Exp(-Vector512.Abs(u));
            var positive = Vector512.GreaterThan(u, Vector512<float>.Zero);
            var plus = Vector512.ConditionalSelect(positive, u, Vector512<float>.Zero) + VectorMath.Log(Vector512<float>.One + e);
            var sigmoid = Vector512.ConditionalSelect(positive, Vector512<float>.One, e) / (Vector512<float>.One + e);
            for (var i = 0; i < VectorMath.Lanes && k + i < _bins - 1; i++)
            {
                _slope[k + i + 1] = Minimum + plus[i];
                _slopeSigmoid[k + i + 1] = sigmoid[i];
            }
        }
    }

    /// <summary>y(x) and ln dy/dx.</summary>
    public (float Y, double LogSlope) Forward(float x)
    {
        if (!(x > -_bound && x < _bound))
        {
            return (x, 0);
        }

        var k = Bin(_x, x);
        var t = new Terms(this, k, x);
        return (_y[k] + (t.Numerator / t.Denominator), PortableMath.Log(t.SlopeNumerator) - (2 * PortableMath.Log(t.Denominator)));
    }

    /// <summary>x(y).</summary>
    public float Inverse(float y)
    {
        if (!(y > -_bound && y < _bound))
        {
            return y;
        }

        // The root of a quadratic that stays accurate where its first coefficient vanishes (eq. 6 to 8).
        var k = Bin(_y, y);
        double w = _x[k + 1] - _x[k];
        double h = _y[k + 1] - _y[k];
        double rise = y - _y[k];
        var s = h / w;
        var bend = _slope[k] + _slope[k + 1] - (2 * s);
        var a = (rise * bend) + (h * (s - _slope[k]));
        var b = (h * _slope[k]) - (rise * bend);
        var c = -s * rise;
        var root = 2 * c / (-b - Math.Sqrt(Math.Max(0, (b * b) - (4 * a * c))));
        return (float)(_x[k] + (root * w));
    }

    /// <summary>The way back at x.</summary>
    /// <param name="x">The input.</param>
    /// <param name="gradientY">Of the loss with respect to y.</param>
    /// <param name="gradientLog">Of the loss with respect to ln dy/dx.</param>
    /// <param name="gradient">Written at 0, stride, 2 stride, ...: with respect to the parameters.</param>
    /// <param name="stride">Of the parameters.</param>
    /// <returns>With respect to x.</returns>
    public float Backward(float x, float gradientY, float gradientLog, Span<float> gradient, int stride)
    {
        for (var i = 0; i < Count(_bins); i++)
        {
            gradient[i * stride] = 0;
        }

        if (!(x > -_bound && x < _bound))
        {
            return gradientY;
        }

        var k = Bin(_x, x);
        var t = new Terms(this, k, x);
        var (xi, theta, s, low, high) = (t.Xi, t.Theta, t.S, _slope[k], _slope[k + 1]);
        var gNumerator = gradientY / t.Denominator;
        var gDenominator = -((gNumerator * t.Numerator) + (2 * gradientLog)) / t.Denominator;
        var gSlope = gradientLog / t.SlopeNumerator * s * s;

        // y = y_k + h q/D with q = s xi^2 + low theta, D = s + (low + high - 2 s) theta; dy/dx = s^2 r/D^2.
        var q = t.Numerator / t.Height;
        var gQ = gNumerator * t.Height;
        var gTheta = (gQ * low) + (gDenominator * (low + high - (2 * s))) + (gSlope * 2 * s);
        var gXi = (gQ * 2 * s * xi) + (gSlope * 2 * ((high * xi) - (low * (1 - xi)))) + (gTheta * (1 - (2 * xi)));
        var gS = (gQ * xi * xi) + (gDenominator * (1 - (2 * theta))) + (2 * gradientLog / s) + (gSlope * 2 * theta);
        var gLow = ((gQ + gDenominator) * theta) + (gSlope * (1 - xi) * (1 - xi));
        var gHigh = (gDenominator * theta) + (gSlope * xi * xi);
        var gHeight = (gNumerator * q) + (gS / t.Width);
        var gWidth = -((gS * s) + (gXi * xi)) / t.Width;

        BackwardKnots(_widthFraction, k, -gXi / t.Width, gWidth, gradient, stride);
        BackwardKnots(_heightFraction, k, gradientY, gHeight, gradient[(_bins * stride)..], stride);
        if (k > 0)
        {
            gradient[((2 * _bins) + k - 1) * stride] = gLow * _slopeSigmoid[k];
        }

        if (k < _bins - 1)
        {
            gradient[((2 * _bins) + k) * stride] = gHigh * _slopeSigmoid[k + 1];
        }

        return gXi / t.Width;
    }

    private void Knots(ReadOnlySpan<float> parameters, int stride, float[] fraction, float[] knots)
    {
        var max = float.NegativeInfinity;
        for (var k = 0; k < _bins; k++)
        {
            _numbers[k] = parameters[k * stride];
            max = _numbers[k] > max ? _numbers[k] : max;
        }

        var sum = 0f;
        for (var k = 0; k < _bins; k += VectorMath.Lanes)
        {
            VectorMath.Exp(Vector512.Create(_numbers, k) - Vector512.Create(max)).CopyTo(_numbers, k);
        }

        for (var k = 0; k < _bins; k++)
        {
            sum += _numbers[k];
        }

        knots[0] = -_bound;
        var position = 0f;
        for (var k = 0; k < _bins; k++)
        {
            fraction[k] = _numbers[k] / sum;
            position += Minimum + ((1 - (_bins * Minimum)) * fraction[k]);
            knots[k + 1] = (2 * _bound * position) - _bound;
        }

        knots[_bins] = _bound;
    }

    /// <summary>From the gradients of the knot at the left of bin k and of the bin's size to those of the softmax's arguments.</summary>
    private void BackwardKnots(float[] fraction, int k, float gKnot, float gSize, Span<float> gradient, int stride)
    {
        var scale = 2 * _bound * (1 - (_bins * Minimum));
        var (before, at) = (scale * gKnot, scale * gSize);
        var mean = at * fraction[k];
        for (var j = 0; j < k; j++)
        {
            mean += before * fraction[j];
        }

        for (var j = 0; j < _bins; j++)
        {
            gradient[j * stride] = fraction[j] * ((j < k ? before : j == k ? at : 0) - mean);
        }
    }

    private int Bin(float[] knots, float value)
    {
        var k = 0;
        while (k < _bins - 1 && value >= knots[k + 1])
        {
            k++;
        }

        return k;
    }

    /// <summary>What both ways need at x in bin k.</summary>
    private readonly ref struct Terms
    {
        public Terms(RationalQuadraticSpline spline, int k, float x)
        {
            Width = spline._x[k + 1] - spline._x[k];
            Height = spline._y[k + 1] - spline._y[k];
            S = Height / Width;
            Xi = (x - spline._x[k]) / Width;
            Theta = Xi * (1 - Xi);
            var (low, high) = (spline._slope[k], spline._slope[k + 1]);
            Numerator = Height * ((S * Xi * Xi) + (low * Theta));
            Denominator = S + ((low + high - (2 * S)) * Theta);
            SlopeNumerator = S * S * ((high * Xi * Xi) + (2 * S * Theta) + (low * (1 - Xi) * (1 - Xi)));
        }

        public float Width { get; }

        public float Height { get; }

        public float S { get; }

        public float Xi { get; }

        public float Theta { get; }

        public float Numerator { get; }

        public float Denominator { get; }

        public float SlopeNumerator { get; }
    }
}
