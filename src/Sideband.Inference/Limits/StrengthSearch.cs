namespace Sideband.Inference.Limits;

/// <summary>
/// Finds where a curve over the strengths, the margin, ends to be above 0 (not excluded). A margin is asked for by (segment, s), where
/// segment k reaches from strength k - 1 to strength k; it is undefined in segments about which the scan says nothing. A limit that
/// could lie in such a segment is undefined with the segment's reason; one that lies elsewhere does not suffer.
/// </summary>
internal static class StrengthSearch
{
    // Between two strengths the curves bend little: no crossing hides in a step of a thirty-second.
    private const int Steps = 32;

    /// <summary>
    /// Where the margin falls to 0 first, seen from s = 0. With few redraws a curve may come back above 0 at larger strengths: taking
    /// its last fall instead would add the scatter of every strength above, and over-cover (99.4 instead of 94 % at a scatter of 50 %).
    /// </summary>
    public static StrengthLimit FirstFall(IReadOnlyList<double> strengths, Func<int, double, Measured> margin) =>
        Walk(Points(strengths), margin, kept: true) ?? StrengthLimit.Above(strengths[^1]);

    /// <summary>The largest s with a margin above 0, the supremum.</summary>
    public static StrengthLimit Largest(IReadOnlyList<double> strengths, Func<int, double, Measured> margin) =>
        margin(strengths.Count - 1, strengths[^1]).Value > 0
            ? StrengthLimit.Above(strengths[^1])
            : Walk(Points(strengths).Reverse(), margin, kept: false) ?? new StrengthLimit(Measured.Of(0));

    private static IEnumerable<(int Segment, double S)> Points(IReadOnlyList<double> strengths)
    {
        for (var segment = 1; segment < strengths.Count; segment++)
        {
            var (low, high) = (strengths[segment - 1], strengths[segment]);
            for (var i = 0; i <= Steps; i++)
            {
                yield return (segment, i == Steps ? high : low + (i * (high - low) / Steps));
            }
        }
    }

    /// <summary>The first change from <paramref name="kept"/> to its opposite along a path; null where there is none.</summary>
    private static StrengthLimit? Walk(IEnumerable<(int Segment, double S)> path, Func<int, double, Measured> margin, bool kept)
    {
        double? before = null;
        string? gap = null;
        foreach (var (segment, s) in path)
        {
            var value = margin(segment, s);
            if (!value.IsDefined)
            {
                gap = value.Reason;
            }
            else if (value.Value > 0 == kept)
            {
                (before, gap) = (s, null);
            }
            else
            {
                return gap is not null ? StrengthLimit.Undefined(gap)
                    : new StrengthLimit(Measured.Of(before is { } b ? Bisect(segment, kept ? b : s, kept ? s : b, margin) : s));
            }
        }

        return gap is null ? null : StrengthLimit.Undefined(gap);
    }

    private static double Bisect(int segment, double notExcluded, double excluded, Func<int, double, Measured> margin)
    {
        while (true)
        {
            var middle = 0.5 * (notExcluded + excluded);
            if (middle <= notExcluded || middle >= excluded)
            {
                return notExcluded;
            }

            (notExcluded, excluded) = margin(segment, middle).Value > 0 ? (middle, excluded) : (notExcluded, middle);
        }
    }
}
