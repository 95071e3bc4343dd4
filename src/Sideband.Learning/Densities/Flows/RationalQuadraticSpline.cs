using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sideband.Learning.Boosting;
using Sideband.Learning.Kernels;

namespace Sideband.Learning.Densities.Flows;

/// <summary>
/// A monotone spline of rational quadratics (Durkan et al., arXiv:1906.04032, section 3.1, after Gregory and Delbourgo) on [-bound, bound]
/// and the identity outside. Of K bins the free parameters are K widths and K heights (through a softmax, at least 1e-3 of the range each)
/// and K - 1 slopes at the inner knots (through a softplus, at least 1e-3); at the ends the slope is 1. All 0: the identity.
/// </summary>
/// <remarks>Sixteen splines at a time, one a lane. One object for one thread: it holds the knots of the last <see cref="Set"/>.</remarks>
internal sealed unsafe class RationalQuadraticSpline
{
    private const int Lanes = VectorMath.Lanes;
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
        AlignedArray<float> New() => new((bins + 1) * Lanes);
        (_x, _y, _slope, _slopeSigmoid, _widthFraction, _heightFraction) = (New(), New(), New(), New(), New(), New());
        Vector512<float>.One.Store(_slope.Pointer);
        Vector512<float>.One.Store(_slope.Pointer + (bins * Lanes));
        Vector512<float>.Zero.Store(_slopeSigmoid.Pointer);
        Vector512<float>.Zero.Store(_slopeSigmoid.Pointer + (bins * Lanes));
    }

    /// <summary>Free parameters of a spline of so many bins: widths, heights, slopes.</summary>
    public static int Count(int bins) => (3 * bins) - 1;

    /// <summary>Takes parameter j of sixteen splines from parameters + j stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(float* parameters, nint stride)
    {
        Knots(parameters, stride, _widthFraction.Pointer, _x.Pointer);
        Knots(parameters + (_bins * stride), stride, _heightFraction.Pointer, _y.Pointer);
        var slopes = parameters + (2 * _bins * stride);
        for (var k = 1; k < _bins; k++)
        {
            // softplus(u) = max(u, 0) + ln(1 + e^-|u|).
            var u = Vector512.Load(slopes + ((k - 1) * stride)) + Vector512.Create(SlopeOffset);
            var e = VectorMath.Exp(-Vector512.Abs(u));
            var positive = Vector512.GreaterThan(u, Vector512<float>.Zero);
            var plus = Vector512.ConditionalSelect(positive, u, Vector512<float>.Zero) + VectorMath.Log(Vector512<float>.One + e);
            (Vector512.Create(Minimum) + plus).Store(_slope.Pointer + (k * Lanes));
            var sigmoid = Vector512.ConditionalSelect(positive, Vector512<float>.One, e) / (Vector512<float>.One + e);
            sigmoid.Store(_slopeSigmoid.Pointer + (k * Lanes));
        }
    }

    /// <summary>y(x) and ln dy/dx.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector512<float> Forward(Vector512<float> x, out Vector512<float> logSlope)
    {
        var inside = Inside(x);
        var bin = Find(_x.Pointer, Vector512.ConditionalSelect(inside, x, Vector512<float>.Zero));
        var t = new Terms(bin, Vector512.ConditionalSelect(inside, x, Vector512<float>.Zero));
        logSlope = (VectorMath.Log(t.SlopeNumerator) - (Vector512.Create(2f) * VectorMath.Log(t.Denominator))) & inside;
        return Vector512.ConditionalSelect(inside, bin.Y0 + (t.Numerator / t.Denominator), x);
    }

    /// <summary>x(y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector512<float> Inverse(Vector512<float> y)
    {
        // The root of a quadratic that stays accurate where its first coefficient vanishes (eq. 6 to 8).
        var inside = Inside(y);
        var value = Vector512.ConditionalSelect(inside, y, Vector512<float>.Zero);
        var bin = Find(_y.Pointer, value);
        var two = Vector512.Create(2f);
        var (w, h, rise) = (bin.X1 - bin.X0, bin.Y1 - bin.Y0, value - bin.Y0);
        var s = h / w;
        var bend = rise * (bin.High + bin.Low - (two * s));
        var a = bend + (h * (s - bin.Low));
        var b = (h * bin.Low) - bend;
        var root = (b * b) + (Vector512.Create(4f) * a * s * rise);
        root = Vector512.Sqrt(Vector512.ConditionalSelect(Vector512.LessThan(root, Vector512<float>.Zero), Vector512<float>.Zero, root));
        return Vector512.ConditionalSelect(inside, bin.X0 + (two * s * rise / (b + root) * w), y);
    }

    /// <summary>The way back at x.</summary>
    /// <param name="x">The input.</param>
    /// <param name="gradientY">Of the loss with respect to y.</param>
    /// <param name="gradientLog">Of the loss with respect to ln dy/dx, the same for all.</param>
    /// <param name="gradient">Written as the parameters lie: with respect to the parameters.</param>
    /// <param name="stride">Of the parameters.</param>
    /// <returns>With respect to x.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector512<float> Backward(Vector512<float> x, Vector512<float> gradientY, float gradientLog, float* gradient, nint stride)
    {
        var inside = Inside(x);
        var value = Vector512.ConditionalSelect(inside, x, Vector512<float>.Zero);
        var bin = Find(_x.Pointer, value);
        var t = new Terms(bin, value);
        var (one, two, log) = (Vector512<float>.One, Vector512.Create(2f), Vector512.Create(gradientLog) & inside);
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
            var after = Vector512.GreaterThanOrEqual(value, Vector512.Load(_x.Pointer + (k * Lanes)));
            var isLow = Vector512.AndNot(after, Vector512.GreaterThanOrEqual(value, Vector512.Load(_x.Pointer + ((k + 1) * Lanes))));
            var isHigh = Vector512.AndNot(Vector512.GreaterThanOrEqual(value, Vector512.Load(_x.Pointer + ((k - 1) * Lanes))), after);
            (((gLow & isLow) + (gHigh & isHigh)) * Vector512.Load(_slopeSigmoid.Pointer + (k * Lanes))).Store(slopes + ((k - 1) * stride));
        }

        return Vector512.ConditionalSelect(inside, gX, gradientY);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Inside(Vector512<float> x) => Vector512.LessThan(Vector512.Abs(x), Vector512.Create(_bound));

    private void Knots(float* parameters, nint stride, float* fraction, float* knots)
    {
        var max = Vector512.Load(parameters);
        for (var k = 1; k < _bins; k++)
        {
            max = Vector512.MaxNative(max, Vector512.Load(parameters + (k * stride)));
        }

        var sum = Vector512<float>.Zero;
        for (var k = 0; k < _bins; k++)
        {
            var e = VectorMath.Exp(Vector512.Load(parameters + (k * stride)) - max);
            sum += e;
            e.Store(fraction + (k * Lanes));
        }

        var inverse = Vector512<float>.One / sum;
        var (position, bound) = (Vector512<float>.Zero, Vector512.Create(_bound));
        (-bound).Store(knots);
        for (var k = 0; k < _bins; k++)
        {
            var f = Vector512.Load(fraction + (k * Lanes)) * inverse;
            f.Store(fraction + (k * Lanes));
            position += Vector512.FusedMultiplyAdd(Vector512.Create(1 - (_bins * Minimum)), f, Vector512.Create(Minimum));
            Vector512.FusedMultiplyAdd(position, bound + bound, -bound).Store(knots + ((k + 1) * Lanes));
        }

        bound.Store(knots + (_bins * Lanes));
    }

    /// <summary>
    /// From the gradients of the knot at the left of the value's bin and of the bin's size to those of the softmax's arguments.
    /// </summary>
    private void BackwardKnots(
        Vector512<float> value,
        float* fraction,
        Vector512<float> gKnot,
        Vector512<float> gSize,
        float* gradient,
        nint stride)
    {
        var scale = Vector512.Create(2 * _bound * (1 - (_bins * Minimum)));
        var (before, at, mean) = (scale * gKnot, scale * gSize, Vector512<float>.Zero);
        for (var j = 0; j < _bins; j++)
        {
            var begun = Vector512.GreaterThanOrEqual(value, Vector512.Load(_x.Pointer + (j * Lanes)));
            var passed = Vector512.GreaterThanOrEqual(value, Vector512.Load(_x.Pointer + ((j + 1) * Lanes)));
            var g = Vector512.ConditionalSelect(passed, before, at & begun);
            g.Store(gradient + (j * stride));
            mean = Vector512.FusedMultiplyAdd(g, Vector512.Load(fraction + (j * Lanes)), mean);
        }

        for (var j = 0; j < _bins; j++)
        {
            (Vector512.Load(fraction + (j * Lanes)) * (Vector512.Load(gradient + (j * stride)) - mean)).Store(gradient + (j * stride));
        }
    }

    /// <summary>The bin of each lane's value, by the knots of x or those of y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BinEnds Find(float* knots, Vector512<float> value)
    {
        var bin = new BinEnds
        {
            X0 = Vector512.Load(_x.Pointer),
            X1 = Vector512.Load(_x.Pointer + Lanes),
            Y0 = Vector512.Load(_y.Pointer),
            Y1 = Vector512.Load(_y.Pointer + Lanes),
            Low = Vector512.Load(_slope.Pointer),
            High = Vector512.Load(_slope.Pointer + Lanes),
        };
        for (var at = Lanes; at < _bins * Lanes; at += Lanes)
        {
            var begun = Vector512.GreaterThanOrEqual(value, Vector512.Load(knots + at));
            bin.X0 = Vector512.ConditionalSelect(begun, Vector512.Load(_x.Pointer + at), bin.X0);
            bin.X1 = Vector512.ConditionalSelect(begun, Vector512.Load(_x.Pointer + at + Lanes), bin.X1);
            bin.Y0 = Vector512.ConditionalSelect(begun, Vector512.Load(_y.Pointer + at), bin.Y0);
            bin.Y1 = Vector512.ConditionalSelect(begun, Vector512.Load(_y.Pointer + at + Lanes), bin.Y1);
            bin.Low = Vector512.ConditionalSelect(begun, Vector512.Load(_slope.Pointer + at), bin.Low);
            bin.High = Vector512.ConditionalSelect(begun, Vector512.Load(_slope.Pointer + at + Lanes), bin.High);
        }

        return bin;
    }

    private struct BinEnds
    {
        public Vector512<float> X0;
        public Vector512<float> X1;
        public Vector512<float> Y0;
        public Vector512<float> Y1;
        public Vector512<float> Low;
        public Vector512<float> High;
    }

    /// <summary>What both ways need at x in its bin.</summary>
    private struct Terms
    {
        public Vector512<float> Width;
        public Vector512<float> Height;
        public Vector512<float> S;
        public Vector512<float> Xi;
        public Vector512<float> Theta;
        public Vector512<float> Numerator;
        public Vector512<float> Denominator;
        public Vector512<float> SlopeNumerator;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Terms(in BinEnds bin, Vector512<float> x)
        {
            var (one, two) = (Vector512<float>.One, Vector512.Create(2f));
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
