namespace Sideband.Events.Features;

/// <summary>One event: its row in a batch, and its jets where any term needs them.</summary>
internal readonly record struct EventRow(double[][] Columns, int Row, JetPair Jets);

/// <summary>How a value is obtained from an event.</summary>
internal abstract class FeatureTerm
{
    /// <summary>The value, in double precision.</summary>
    public abstract double Value(in EventRow row);
}

/// <summary>A column of the file.</summary>
internal sealed class ColumnTerm(int column) : FeatureTerm
{
    public override double Value(in EventRow row) => row.Columns[column][row.Row];
}

/// <summary>A quantity of the jet pair.</summary>
internal sealed class JetTerm(Func<JetPair, double> quantity) : FeatureTerm
{
    public override double Value(in EventRow row) => quantity(row.Jets);
}

/// <summary>tau_N / tau_(N-1) of the lighter or the heavier jet; 0/0 gives 0.</summary>
/// <param name="ofHeavier">The heavier jet instead of the lighter.</param>
/// <param name="numerators">Columns of tau_N of the first and of the second jet.</param>
/// <param name="denominators">Columns of tau_(N-1), likewise.</param>
internal sealed class TauRatioTerm(bool ofHeavier, int[] numerators, int[] denominators) : FeatureTerm
{
    public override double Value(in EventRow row)
    {
        if (double.IsNaN(row.Jets.First.Mass + row.Jets.Second.Mass))
        {
            return double.NaN;
        }

        var jet = ofHeavier ? 1 - row.Jets.Lighter : row.Jets.Lighter;
        var numerator = row.Columns[numerators[jet]][row.Row];
        var denominator = row.Columns[denominators[jet]][row.Row];
        return numerator == 0 && denominator == 0 ? 0 : numerator / denominator;
    }
}

/// <summary>x + c mjj with c = <see cref="FeatureSets.Shift"/>.</summary>
internal sealed class ShiftedTerm(FeatureTerm feature, FeatureTerm mjj) : FeatureTerm
{
    public override double Value(in EventRow row) => feature.Value(row) + (FeatureSets.Shift * mjj.Value(row));
}
