using Sideband.Numerics;

namespace Sideband.Learning;

/// <summary>
/// Attribute bagging (Bryll et al., Pattern Recognition 36 (2003) 1291; for resonant searches arXiv:2604.20965): each member of an
/// ensemble sees K of the features, drawn without replacement.
/// </summary>
internal static class FeatureDraw
{
    /// <exception cref="ArgumentException">K above the number of features.</exception>
    public static void Check(int features, int? drawn) =>
        OptionRange.Require(
            "ensemble", !(drawn > features), "FeaturesPerMember", drawn ?? 0, $"1 to {features}, the number of features");

    /// <summary>The features of one member, ascending; all of them where K is null or their number, and then nothing is drawn.</summary>
    /// <param name="features">How many there are.</param>
    /// <param name="drawn">K, at most that.</param>
    /// <param name="stream">The member's own.</param>
    public static int[] Of(int features, int? drawn, RandomStream stream)
    {
        int[] all = [.. Enumerable.Range(0, features)];
        if (drawn is not { } count || count == features)
        {
            return all;
        }

        stream.Shuffle<int>(all);
        Array.Resize(ref all, count);
        Array.Sort(all);
        return all;
    }
}
