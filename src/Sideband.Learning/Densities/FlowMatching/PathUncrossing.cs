using System.Runtime.Intrinsics;

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
    /// <param name="n">Paths, a multiple of the lanes of a vector of 512 bits.</param>
    /// <param name="order">Numbers that go with the ends that are exchanged; empty: none.</param>
    public static void Run(float* x, float* z, int d, int n, Span<int> order)
    {
        for (var tour = 0; tour < Tours; tour++)
        {
            var exchanges = 0;
            for (var i = 0; i < n; i++)
            {
                if (Partner(x, z, d, n, i) is >= 0 and var j)
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
    // nowhere negative.
    private static int Partner(float* x, float* z, int d, int n, int i)
    {
        var least = Vector512<float>.Zero;
        var partner = Vector512.Create(-1);
        for (var j = 0; j < n; j += Vector512<float>.Count)
        {
            var change = Vector512<float>.Zero;
            for (var f = 0; f < d; f++)
            {
                var xf = x + (f * n);
                var zf = z + (f * n);
                change = Vector512.FusedMultiplyAdd(
                    Vector512.Create(xf[i]) - Vector512.Load(xf + j),
                    Vector512.Create(zf[i]) - Vector512.Load(zf + j),
                    change);
            }

            var less = Vector512.LessThan(change, least);
            least = Vector512.ConditionalSelect(less, change, least);
            partner = Vector512.ConditionalSelect(less.AsInt32(), Vector512.Create(j), partner);
        }

        var (best, lowest) = (-1, 0f);
        for (var lane = 0; lane < Vector512<float>.Count; lane++)
        {
            if (least.GetElement(lane) < lowest)
            {
                (best, lowest) = (partner.GetElement(lane) + lane, least.GetElement(lane));
            }
        }

        return best;
    }
}
