using Sideband.Numerics;

namespace Sideband.Events.Simulation;

/// <summary>The natural scale of a feature before its spline.</summary>
internal enum FeatureScale
{
    /// <summary>x &gt; 0: y = ln x.</summary>
    Log,

    /// <summary>0 &lt; x &lt; 1: y = ln(x / (1 - x)).</summary>
    Logit,
}

/// <summary>One feature's invertible map to a nearly standard normal coordinate z: its scale, then a monotone spline.</summary>
internal sealed record FeatureCoordinate(string Name, FeatureScale Scale, MonotoneSpline Spline)
{
    /// <summary>z of a feature value, and ln |dz/dx|; the latter is -infinity outside the feature's range.</summary>
    public (double Z, double LogJacobian) ToNormal(double x)
    {
        if (!(x > 0) || (Scale == FeatureScale.Logit && x >= 1))
        {
            return (0, double.NegativeInfinity);
        }

        var logX = PortableMath.Log(x);
        var logRest = Scale == FeatureScale.Logit ? PortableMath.Log1P(-x) : 0;
        var z = Spline.Forward(logX - logRest, out var slope);
        return (z, PortableMath.Log(slope) - logX - logRest);
    }

    /// <summary>The feature value at z, always inside the feature's range (in double precision).</summary>
    public double FromNormal(double z)
    {
        var y = Spline.Inverse(z);
        return Scale == FeatureScale.Log ? PortableMath.Exp(y) : 1 / (1 + PortableMath.Exp(-y));
    }
}
