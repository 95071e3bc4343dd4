using System.Runtime.CompilerServices;
using Sideband.Learning.Boosting;
using Sideband.Learning.Kernels;

namespace Sideband.Learning.Densities.Flows;

/// <summary>
/// A monotone spline of rational quadratics (Durkan et al., arXiv:1906.04032, section 3.1, after Gregory and Delbourgo) on [-bound, bound]
/// and the identity outside. Of K bins the free parameters are K widths and K heights (through a softmax, at least 1e-3 of the range each)
/// and K - 1 slopes at the inner knots (through a softplus, at least 1e-3); at the ends the slope is 1. All 0: the identity.
/// </summary>
/// <remarks>
/// As many splines at a time as a vector has lanes. One object for one thread: it holds the knots of the last <see cref="Set"/>.
/// </remarks>
internal sealed unsafe class RationalQuadraticSpline<T>
    where T : struct, IFloats<T>
{
    private const float Minimum = 1e-3f;

    /// <summary>ln(e^(1 - minimum) - 1): the softplus of it is 1 - minimum.</summary>
    private const float SlopeOffset = 0.5397424f;

    private readonly int _bins;
    private readonly float _bound;
    private readonly AlignedArray<float> _x;
    private readonly AlignedArray<float> _y;
    private readonly AlignedArray<float> _slope;
    private readonly AlignedArray<float> _slopeSigmoid;
    private readonly AlignedArray<float> _widthFraction;
    private readonly AlignedArray<float> _heightFraction;

    public RationalQuadraticSpline(int bins, float bound)
    {
        (_bins, _bound) = (bins, bound);
        AlignedArray<float> New() => new((bins + 1) * T.Count);
        (_x, _y, _slope, _slopeSigmoid, _widthFraction, _heightFraction) = (New(), New(), New(), New(), New(), New());
        T.Create(1f).Store(_slope.Pointer);
        T.Create(1f).Store(_slope.Pointer + (bins * T.Count));
        T.Create(0f).Store(_slopeSigmoid.Pointer);
        T.Create(0f).Store(_slopeSigmoid.Pointer + (bins * T.Count));
    }

    /// <summary>Takes parameter j of the splines from parameters + j stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(float* parameters, nint stride)
    {
        Knots(parameters, stride, _widthFraction.Pointer, _x.Pointer);
        Knots(parameters + (_bins * stride), stride, _heightFraction.Pointer, _y.Pointer);
        var slopes = parameters + (2 * _bins * stride);
        for (var k = 1; k < _bins; k++)
        {
            // softplus(u) = max(u, 0) + ln(1 + e^-|u|).
            var u = T.Load(slopes + ((k - 1) * stride)) + T.Create(SlopeOffset);
            var e = VectorMath.Exp(-T.Abs(u));
            var positive = T.Greater(u, T.Create(0f));
            var plus = T.Select(positive, u, T.Create(0f)) + VectorMath.Log(T.Create(1f) + e);
            (T.Create(Minimum) + plus).Store(_slope.Pointer + (k * T.Count));
            var sigmoid = T.Select(positive, T.Create(1f), e) / (T.Create(1f) + e);
            sigmoid.Store(_slopeSigmoid.Pointer + (k * T.Count));
        }
    }

    /// <summary>y(x) and ln dy/dx.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T Forward(T x, out T logSlope)
    {
        var inside = Inside(x);
        var bin = Find(_x.Pointer, T.Select(inside, x, T.Create(0f)));
        var t = new Terms(bin, T.Select(inside, x, T.Create(0f)));
        logSlope = (VectorMath.Log(t.SlopeNumerator) - (T.Create(2f) * VectorMath.Log(t.Denominator))) & inside;
        return T.Select(inside, bin.Y0 + (t.Numerator / t.Denominator), x);
    }

    /// <summary>x(y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T Inverse(T y)
    {
        // The root of a quadratic that stays accurate where its first coefficient vanishes (eq. 6 to 8).
        var inside = Inside(y);
        var value = T.Select(inside, y, T.Create(0f));
        var bin = Find(_y.Pointer, value);
        var two = T.Create(2f);
        var (w, h, rise) = (bin.X1 - bin.X0, bin.Y1 - bin.Y0, value - bin.Y0);
        var s = h / w;
        var bend = rise * (bin.High + bin.Low - (two * s));
        var a = bend + (h * (s - bin.Low));
        var b = (h * bin.Low) - bend;
        var root = (b * b) + (T.Create(4f) * a * s * rise);
        root = T.Sqrt(T.Select(T.Less(root, T.Create(0f)), T.Create(0f), root));
        return T.Select(inside, bin.X0 + (two * s * rise / (b + root) * w), y);
    }

    /// <summary>The way back at x.</summary>
    /// <param name="x">The input.</param>
    /// <param name="gradientY">Of the loss with respect to y.</param>
    /// <param name="gradientLog">Of the loss with respect to ln dy/dx, the same for all.</param>
    /// <param name="gradient">Written as the parameters lie: with respect to the parameters.</param>
    /// <param name="stride">Of the parameters.</param>
    /// <returns>With respect to x.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T Backward(T x, T gradientY, float gradientLog, float* gradient, nint stride)
    {
        var inside = Inside(x);
        var value = T.Select(inside, x, T.Create(0f));
        var bin = Find(_x.Pointer, value);
        var t = new Terms(bin, value);
        var (one, two, log) = (T.Create(1f), T.Create(2f), T.Create(gradientLog) & inside);
        var gY = gradientY & inside;
        var gNumerator = gY / t.Denominator;
        var gDenominator = -((gNumerator * t.Numerator) + (two * log)) / t.Denominator;
        var gSlope = log / t.SlopeNumerator * t.S * t.S;

        // y = y_k + h q/D with q = s xi^2 + low theta, D = s + (low + high - 2 s) theta; dy/dx = s^2 r/D^2.
        var (xi, rest, low, high, s) = (t.Xi, one - t.Xi, bin.Low, bin.High, t.S);
        var gQ = gNumerator * t.Height;
        var gTheta = (gQ * low) + (gDenominator * (low + high - (two * s))) + (gSlope * two * s);
        var gXi = (gQ * two * s * xi) + (gSlope * two * ((high * xi) - (low * rest))) + (gTheta * (one - (two * xi)));
        var gS = (gQ * xi * xi) + (gDenominator * (one - (two * t.Theta))) + (two * log / s) + (gSlope * two * t.Theta);
        var gLow = ((gQ + gDenominator) * t.Theta) + (gSlope * rest * rest);
        var gHigh = (gDenominator * t.Theta) + (gSlope * xi * xi);
        var gHeight = (gNumerator * t.Numerator / t.Height) + (gS / t.Width);
        var gWidth = -((gS * s) + (gXi * xi)) / t.Width;
        var gX = gXi / t.Width;

        BackwardKnots(value, _widthFraction.Pointer, -gX, gWidth, gradient, stride);
        BackwardKnots(value, _heightFraction.Pointer, gY, gHeight, gradient + (_bins * stride), stride);
        var slopes = gradient + (2 * _bins * stride);
        for (var k = 1; k < _bins; k++)
        {
            // Knot k is the right end of bin k - 1 and the left end of bin k.
            var after = T.GreaterOrEqual(value, T.Load(_x.Pointer + (k * T.Count)));
            var isLow = T.AndNot(after, T.GreaterOrEqual(value, T.Load(_x.Pointer + ((k + 1) * T.Count))));
            var isHigh = T.AndNot(T.GreaterOrEqual(value, T.Load(_x.Pointer + ((k - 1) * T.Count))), after);
            (((gLow & isLow) + (gHigh & isHigh)) * T.Load(_slopeSigmoid.Pointer + (k * T.Count))).Store(slopes + ((k - 1) * stride));
        }

        return T.Select(inside, gX, gradientY);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Inside(T x) => T.Less(T.Abs(x), T.Create(_bound));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Knots(float* parameters, nint stride, float* fraction, float* knots)
    {
        var max = T.Load(parameters);
        for (var k = 1; k < _bins; k++)
        {
            max = T.MaxNative(max, T.Load(parameters + (k * stride)));
        }

        var sum = T.Create(0f);
        for (var k = 0; k < _bins; k++)
        {
            var e = VectorMath.Exp(T.Load(parameters + (k * stride)) - max);
            sum += e;
            e.Store(fraction + (k * T.Count));
        }

        var inverse = T.Create(1f) / sum;
        var (position, bound) = (T.Create(0f), T.Create(_bound));
        (-bound).Store(knots);
        for (var k = 0; k < _bins; k++)
        {
            var f = T.Load(fraction + (k * T.Count)) * inverse;
            f.Store(fraction + (k * T.Count));
            position += T.FusedMultiplyAdd(T.Create(1 - (_bins * Minimum)), f, T.Create(Minimum));
            T.FusedMultiplyAdd(position, bound + bound, -bound).Store(knots + ((k + 1) * T.Count));
        }

        bound.Store(knots + (_bins * T.Count));
    }

    /// <summary>
    /// From the gradients of the knot at the left of the value's bin and of the bin's size to those of the softmax's arguments.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardKnots(
        T value,
        float* fraction,
        T gKnot,
        T gSize,
        float* gradient,
        nint stride)
    {
        var scale = T.Create(2 * _bound * (1 - (_bins * Minimum)));
        var (before, at, mean) = (scale * gKnot, scale * gSize, T.Create(0f));
        for (var j = 0; j < _bins; j++)
        {
            var begun = T.GreaterOrEqual(value, T.Load(_x.Pointer + (j * T.Count)));
            var passed = T.GreaterOrEqual(value, T.Load(_x.Pointer + ((j + 1) * T.Count)));
            var g = T.Select(passed, before, at & begun);
            g.Store(gradient + (j * stride));
            mean = T.FusedMultiplyAdd(g, T.Load(fraction + (j * T.Count)), mean);
        }

        for (var j = 0; j < _bins; j++)
        {
            (T.Load(fraction + (j * T.Count)) * (T.Load(gradient + (j * stride)) - mean)).Store(gradient + (j * stride));
        }
    }

    /// <summary>The bin of each lane's value, by the knots of x or those of y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BinEnds Find(float* knots, T value)
    {
        var bin = new BinEnds
        {
            X0 = T.Load(_x.Pointer),
            X1 = T.Load(_x.Pointer + T.Count),
            Y0 = T.Load(_y.Pointer),
            Y1 = T.Load(_y.Pointer + T.Count),
            Low = T.Load(_slope.Pointer),
            High = T.Load(_slope.Pointer + T.Count),
        };
        for (var at = T.Count; at < _bins * T.Count; at += T.Count)
        {
            var begun = T.GreaterOrEqual(value, T.Load(knots + at));
            bin.X0 = T.Select(begun, T.Load(_x.Pointer + at), bin.X0);
            bin.X1 = T.Select(begun, T.Load(_x.Pointer + at + T.Count), bin.X1);
            bin.Y0 = T.Select(begun, T.Load(_y.Pointer + at), bin.Y0);
            bin.Y1 = T.Select(begun, T.Load(_y.Pointer + at + T.Count), bin.Y1);
            bin.Low = T.Select(begun, T.Load(_slope.Pointer + at), bin.Low);
            bin.High = T.Select(begun, T.Load(_slope.Pointer + at + T.Count), bin.High);
        }

        return bin;
    }

    private struct BinEnds
    {
        public T X0;
        public T X1;
        public T Y0;
        public T Y1;
        public T Low;
        public T High;
    }

    /// <summary>What both ways need at x in its bin.</summary>
    private struct Terms
    {
        public T Width;
        public T Height;
        public T S;
        public T Xi;
        public T Theta;
        public T Numerator;
        public T Denominator;
        public T SlopeNumerator;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Terms(in BinEnds bin, T x)
        {
            var (one, two) = (T.Create(1f), T.Create(2f));
            Width = bin.X1 - bin.X0;
            Height = bin.Y1 - bin.Y0;
            S = Height / Width;
            Xi = (x - bin.X0) / Width;
            Theta = Xi * (one - Xi);
            Numerator = Height * ((S * Xi * Xi) + (bin.Low * Theta));
            Denominator = S + ((bin.Low + bin.High - (two * S)) * Theta);
            SlopeNumerator = S * S * ((bin.High * Xi * Xi) + (two * S * Theta) + (bin.Low * (one - Xi) * (one - Xi)));
        }
    }
}
