namespace Sideband.Inference.Calibration;

/// <summary>One point of a <see cref="CalibrationCurve"/>.</summary>
/// <param name="Level">The p-value a.</param>
/// <param name="True">Fraction of the experiments that quote a or less, with its interval: what a quoted a really means.</param>
/// <param name="Quoted">
/// What is quoted at a true a: the p-value of rank ceil(a n) among n experiments. Undefined where a n is below 1.
/// </param>
/// <param name="QuotedLow">Lower end of its band; undefined where no rank is low enough.</param>
/// <param name="QuotedHigh">Upper end of its band.</param>
/// <remarks>The band of the quoted value lies between the ranks that the binomial interval of a n experiments in n ends at.</remarks>
public sealed record CalibrationPoint(double Level, BinomialInterval True, Measured Quoted, Measured QuotedLow, Measured QuotedHigh)
{
    /// <param name="level">a, in (0, 1].</param>
    /// <param name="ascending">The quoted p-values, sorted, at least one.</param>
    /// <param name="confidence">Content of the bands.</param>
    internal static CalibrationPoint Of(double level, double[] ascending, double confidence)
    {
        if (!(level is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A p-value lies in (0, 1].");
        }

        var below = 0;
        while (below < ascending.Length && ascending[below] <= level)
        {
            below++;
        }

        var count = ascending.Length;
        var rank = (int)Math.Ceiling((level * count) - 1e-9); // 0.1 of 30 is 3, not 4 by rounding
        var ranks = BinomialInterval.Of(Math.Min(count, rank), count, confidence);
        Measured At(double position) => position >= 1
            ? Measured.Of(ascending[Math.Min(count, (int)position) - 1])
            : Measured.Undefined(FormattableString.Invariant($"{count} experiments do not reach a p-value of {level:G3}"));
        return new CalibrationPoint(
            level,
            BinomialInterval.Of(below, count, confidence),
            level * count >= 1 - 1e-9 ? At(rank) : At(0),
            At(Math.Floor(ranks.Low * count)),
            At(Math.Ceiling(ranks.High * count)));
    }
}
