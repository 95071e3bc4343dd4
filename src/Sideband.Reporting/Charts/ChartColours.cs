namespace Sideband.Reporting.Charts;

/// <summary>Colours of figures on white, and what stands for each on a dark page. The palette is that of Okabe and Ito.</summary>
public static class ChartColours
{
    public const string Ink = "#222";

    /// <summary>Frames, ticks, and lines that are looked past.</summary>
    public const string Soft = "#777";

    /// <summary>Many lines of which one is in focus.</summary>
    public const string Faint = "#999";

    public const string Data = "#D55E00";

    public const string Template = "#56B4E9";

    public const string Region = "#999999";

    public const string Focus = "#8A6D00";

    public const string Counts = "#0072B2";

    /// <summary>What 68 % of experiments give.</summary>
    public const string Within68 = "#009E73";

    /// <summary>What 95 % of experiments give.</summary>
    public const string Within95 = "#F0E442";

    /// <summary>Colours of series, in their order.</summary>
    public static IReadOnlyList<string> Palette { get; } = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8A6D00", "#444444"];

    /// <summary>What stands for a colour on a dark page; a colour that is not named stays.</summary>
    public static IReadOnlyDictionary<string, string> Dark { get; } = new Dictionary<string, string>
    {
        ["#0072B2"] = "#56B4E9",
        ["#D55E00"] = "#F28E2B",
        ["#009E73"] = "#3DC79A",
        ["#CC79A7"] = "#E8A2C8",
        ["#8A6D00"] = "#E5C34D",
        ["#444444"] = "#CCCCCC",
        ["#56B4E9"] = "#3B78A8",
        [Soft] = "#8b949e",
        [Ink] = "#e6e8ea",
    };

    public static string OfSeries(int index) => Palette[index % Palette.Count];
}
