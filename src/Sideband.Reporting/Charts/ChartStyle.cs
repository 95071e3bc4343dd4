namespace Sideband.Reporting.Charts;

/// <summary>Sizes that every drawing of a figure has, pixels.</summary>
internal static class ChartStyle
{
    public const string Font = "Helvetica, Arial, 'Liberation Sans', sans-serif";

    public const double LabelSize = 12;

    public const double TitleSize = 13;

    public const double TickLength = 5;

    /// <summary>Between a panel and the next.</summary>
    public const double PanelGap = 8;

    /// <summary>Between a panel and the heading of the next facet.</summary>
    public const double FacetGap = 14;

    /// <summary>Width of the plotting area of a figure in a file.</summary>
    public const int FileWidth = 480;

    /// <summary>Lengths of dashes and gaps of the series, in their order; none is a whole line.</summary>
    private static readonly double[][] SeriesDashes = [[], [7, 4], [2, 3], [9, 3, 2, 3], [4, 2], [1, 2]];

    public static IReadOnlyList<double> DashOfSeries(int index) => SeriesDashes[index % SeriesDashes.Length];

    public static IReadOnlyList<double> Dash(LineDash dash) => dash switch
    {
        LineDash.Dashed => [6, 4],
        LineDash.Dotted => [2, 4],
        _ => [],
    };
}
