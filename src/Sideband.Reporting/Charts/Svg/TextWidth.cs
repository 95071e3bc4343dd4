namespace Sideband.Reporting.Charts.Svg;

/// <summary>
/// How wide words are, without a font: the widths of Helvetica, in thousandths of the font's size, and a little more, as the fonts that
/// stand for it are wider. What it does not know counts as a small letter.
/// </summary>
internal static class TextWidth
{
    private const int Other = 556;
    private const double OtherFonts = 1.07;

    // From the blank to ~.
    private static readonly short[] Ascii =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    /// <summary>Width in pixels.</summary>
    public static double Of(string text, double size) => text.Sum(letter => Thousandths(letter)) * size * OtherFonts / 1000;

    private static int Thousandths(char letter) => letter switch
    {
        >= ' ' and <= '~' => Ascii[letter - ' '],
        >= '⁰' and <= '⁹' or >= '₀' and <= '₉' or '¹' or '²' or '³' => 333,
        '⁻' => 351,
        _ => Other,
    };
}
