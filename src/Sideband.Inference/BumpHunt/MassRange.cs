namespace Sideband.Inference.BumpHunt;

/// <summary>
/// A half-open range [<paramref name="Low"/>, <paramref name="High"/>) of the resonant variable, in the unit of the masses.
/// </summary>
public readonly record struct MassRange(double Low, double High)
{
    public double Width => High - Low;

    /// <summary>True where Low &lt;= mass &lt; High; false for NaN.</summary>
    public bool Contains(double mass) => mass >= Low & mass < High; // one jump less a mass: they come in no order

    /// <summary>The parts of this range below and above a window inside of it; a part without width is left out.</summary>
    public IReadOnlyList<MassRange> Outside(MassRange window) =>
        [.. new[] { new MassRange(Low, window.Low), new MassRange(window.High, High) }.Where(range => range.Width > 0)];

    public override string ToString() => FormattableString.Invariant($"[{Low}, {High})");
}
