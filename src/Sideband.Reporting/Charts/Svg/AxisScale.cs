using Sideband.Numerics;

namespace Sideband.Reporting.Charts.Svg;

/// <summary>Places of an axis in pixels.</summary>
/// <param name="axis">The axis.</param>
/// <param name="start">Pixel of its lower limit.</param>
/// <param name="end">Pixel of its upper limit, on either side of the start.</param>
internal sealed class AxisScale(Axis axis, double start, double end)
{
    private readonly double _low = Mapped(axis, axis.Low);
    private readonly double _high = Mapped(axis, axis.High);

    public double Low => Math.Min(start, end);

    public double High => Math.Max(start, end);

    /// <summary>The pixel of a value; what has no place on a logarithmic axis lies at its lower limit.</summary>
    public double this[double value] =>
        axis.IsLogarithmic && value <= 0 ? start : start + ((Mapped(axis, value) - _low) / (_high - _low) * (end - start));

    /// <summary>The same, at the nearest end where the value lies beyond.</summary>
    public double Within(double value) => Math.Clamp(this[value], Low, High);

    /// <summary>Whether a value lies on the axis, give or take half a pixel.</summary>
    public bool Has(double value) => this[value] >= Low - 0.5 && this[value] <= High + 0.5;

    private static double Mapped(Axis axis, double value) => axis.IsLogarithmic ? PortableMath.Log(value) : value;
}
