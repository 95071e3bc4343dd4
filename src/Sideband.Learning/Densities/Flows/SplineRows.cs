using System.Runtime.Intrinsics;
using Sideband.Learning.Kernels;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Densities.Flows;

/// <summary>Splines of some features of many rows. Not for several threads at once.</summary>
internal abstract class SplineRows
{
    /// <param name="features">Their columns in the rows.</param>
    /// <param name="bins">Of a spline.</param>
    /// <param name="bound">Of a spline.</param>
    public static SplineRows Create(int[] features, int bins, float bound) => Vector512.IsHardwareAccelerated
        ? new SplineRows<Floats16>(features, bins, bound)
        : new SplineRows<Floats8>(features, bins, bound);

    /// <summary>y of the features from x, and ln dy/dx added for each row.</summary>
    public abstract void Forward(Matrix x, Matrix y, Matrix parameters, Span<double> logJacobian, int rows);

    /// <summary>The features' gradient becomes that with respect to x; that of the parameters is written.</summary>
    public abstract void Backward(
        Matrix x, Matrix gradient, Matrix parameters, Matrix parameterGradient, float jacobianGradient, int rows);

    /// <summary>x of the n-th feature from y.</summary>
    public abstract void Inverse(Matrix y, Matrix x, Matrix parameters, int n, int rows);
}
