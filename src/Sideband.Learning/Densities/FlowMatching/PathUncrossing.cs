
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sideband.Learning.Kernels;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>
/// Exchanges the ends of paths wherever that shortens the sum of the squared paths (Tong et al., arXiv:2302.00482; Pooladian et al.,
/// arXiv:2304.14772), until they hardly cross: the coupling of optimal transport within a group, up to exchanges of more than two.
/// </summary>
internal static unsafe class PathUncrossing
{
    /// <summary>Tours through a group; most groups have no exchange left to make after fewer.</summary>
    private const int Tours = 12;

    /// <param name="x">The ends that stay, [dimension][path].</param>
    /// <param name="z">The ends that are exchanged, likewise.</param>
    /// <param name="d">Dimensions.</param>
    /// <param name="n">Paths, a multiple of <see cref="VectorMath.Lanes"/>.</param>
    /// <param name="order">Numbers that go with the ends that are exchanged; empty: none.</param>
    public static void Run(float* x, float* z, int d, int n, Span<int> order)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<Floats16>(x, z, d, n, order);
        }
        else
        {
            Run<Floats8>(x, z, d, n, order);
        }
    }

    internal static void Run<T>(float* x, float* z, int d, int n, Span<int> order)
        where T : struct, IFloats<T>
    {
        for (var tour = 0; tour < Tours; tour++)
        {
            var exchanges = 0;
            for (var i = 0; i < n; i++)
            {
                if (Partner<T>(x, z, d, n, i) is >= 0 and var j)
                {
                    exchanges++;
                    for (var f = 0; f < d; f++)
                    {
                        (z[(f * n) + i], z[(f * n) + j]) = (z[(f * n) + j], z[(f * n) + i]);
                    }

                    if (!order.IsEmpty)
                    {
                        (order[i], order[j]) = (order[j], order[i]);
                    }
                }
            }

            if (exchanges == 0)
            {
                break;
            }
        }
    }

    // The exchange of z_i and z_j changes the sum of squared paths by 2 (x_i - x_j) (z_i - z_j): the j where this is least; -1 if it is
    // nowhere negative. Each place modulo the widest vector's lanes has a least one of its own, whatever the width.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Partner<T>(float* x, float* z, int d, int n, int i)
        where T : struct, IFloats<T>
    {
        var changes = stackalloc float[VectorMath.Lanes];
        var partners = stackalloc float[VectorMath.Lanes];
        for (var first = 0; first < VectorMath.Lanes; first += T.Count)
        {
            var (least, partner) = (T.Create(0f), T.Create(-1f));
            for (var j = first; j < n; j += VectorMath.Lanes)
            {
                var change = T.Create(0f);
                for (var f = 0; f < d; f++)
                {
                    var xf = x + (f * n);
                    var zf = z + (f * n);
                    change = T.FusedMultiplyAdd(T.Create(xf[i]) - T.Load(xf + j), T.Create(zf[i]) - T.Load(zf + j), change);
                }

                var less = T.Less(change, least);
                least = T.Select(less, change, least);
                partner = T.Select(less, T.Create((float)(j - first)), partner);
            }

            least.Store(changes + first);
            partner.Store(partners + first);
        }

        var (best, lowest) = (-1, 0f);
        for (var lane = 0; lane < VectorMath.Lanes; lane++)
        {
            if (changes[lane] < lowest)
            {
                (best, lowest) = ((int)partners[lane] + lane, changes[lane]);
            }
        }

        return best;
    }
}
