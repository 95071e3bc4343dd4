namespace Sideband.Events;

/// <summary>
/// A half-open interval [<paramref name="Low"/>, <paramref name="High"/>) of the resonant variable, in the unit of the mass column.
/// </summary>
public readonly record struct MassInterval(double Low, double High)
{
    /// <summary>True where Low &lt;= mass &lt; High; false for NaN.</summary>
    public bool Contains(double mass) => mass >= Low && mass < High;

    public double Width => High - Low;
}
