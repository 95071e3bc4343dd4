using Sideband.Search.Results;

namespace Sideband.Reporting.Wording;

/// <summary>One number of a search.</summary>
internal sealed record QuotedPoint(WindowResult Window, WorkingPointResult Point)
{
    public double Significance => Point.Significance.Mean ?? double.NegativeInfinity;

    public bool IsFlagged => Flags.Mattering(Point).Count > 0;
}

/// <summary>
/// Which number a search is quoted by: the largest significance without a flag that matters, if it is an excess; a larger one with a flag
/// is named beside it. Where only flagged points are an excess the largest of them is quoted, with its flag: a claim is never hidden.
/// </summary>
/// <param name="Quoted">The number.</param>
/// <param name="Larger">A larger excess that is flagged, where the quoted number is not; null where there is none.</param>
/// <param name="HasClean">True where any point has no flag that matters.</param>
internal sealed record Headline(QuotedPoint Quoted, QuotedPoint? Larger, bool HasClean)
{
    /// <summary>The headline of the working points where an excess may be claimed, else of all, never of a window
    /// in which nothing may be claimed; null where no S is defined.</summary>
    public static Headline? Of(ScanResult result)
    {
        QuotedPoint[] Defined(Func<int, bool> belongs) =>
        [
            .. result.Windows.Where(window => window.MayClaim).SelectMany(window => window.WorkingPoints
                .Where((point, e) => point.Significance.Mean is not null && belongs(e))
                .Select(point => new QuotedPoint(window, point))),
        ];

        var points = Defined(e => e < result.Validation.Count && result.Validation[e].LargestExcess is not null);
        points = points.Length > 0 ? points : Defined(_ => true);
        var clean = points.Where(point => !point.IsFlagged).MaxBy(point => point.Significance);
        var flagged = points.Where(point => point.IsFlagged).MaxBy(point => point.Significance);
        return (clean, flagged) switch
        {
            (null, null) => null,
            (null, { } only) => new Headline(only, null, false),
            ({ } best, null) => new Headline(best, null, true),
            ({ } best, { } other) when !Verdict.IsExcess(other.Point) => new Headline(best, null, true),
            ({ } best, { } other) when !Verdict.IsExcess(best.Point) => new Headline(other, null, true),
            ({ } best, { } other) => new Headline(best, other.Significance > best.Significance ? other : null, true),
        };
    }
}
