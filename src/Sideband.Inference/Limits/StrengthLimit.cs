namespace Sideband.Inference.Limits;

/// <summary>An upper limit on the strength s, or why there is none.</summary>
/// <param name="Value">s_UL, signal events before any cut.</param>
/// <param name="Beyond">True where the largest strength tried is not excluded: the limit lies above it, but where is not known.</param>
public readonly record struct StrengthLimit(Measured Value, bool Beyond = false)
{
    /// <summary>True where a true strength lies at or below the limit; null where there is no limit.</summary>
    public bool? Covers(double strength) => Beyond ? true : Value.Value >= strength ? true : Value.IsDefined ? false : null;

    /// <summary>The limit lies above all strengths tried.</summary>
    internal static StrengthLimit Above(double largest) =>
        new(Measured.Undefined(FormattableString.Invariant($"above the largest strength tried, {largest:G6}")), Beyond: true);

    internal static StrengthLimit Undefined(string reason) => new(Measured.Undefined(reason));
}
