namespace Sideband.Inference.BumpHunt;

/// <summary>The product of two vectors of a fit's few parameters.</summary>
internal static class DotProduct
{
    /// <summary>sum_k a_k b_k, in order.</summary>
    public static double Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
