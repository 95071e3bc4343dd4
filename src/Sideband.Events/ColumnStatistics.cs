namespace Sideband.Events;

/// <summary>Range, mean, bad values and correlation with the mass of values that come one by one.</summary>
internal sealed class ColumnStatistics
{
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;
    private double _mean;
    private long _finite;
    private long _missing;
    private long _infinite;
    private PearsonSum _withMass;
    private readonly SinglePrecision _precision = new();

    public void Add(double value, double mass)
    {
        if (!double.IsFinite(value))
        {
            _missing += double.IsNaN(value) ? 1 : 0;
            _infinite += double.IsInfinity(value) ? 1 : 0;
            return;
        }

        _finite++;
        _precision.Add(value);
        _mean += double.IsFinite(value - _mean) ? (value - _mean) / _finite : (value / _finite) - (_mean / _finite);
        _minimum = Math.Min(_minimum, value);
        _maximum = Math.Max(_maximum, value);
        _withMass.Add(value, mass);
    }

    public ColumnSummary Summarise(string name, string type) => _finite == 0
        ? new ColumnSummary(name, type, null, null, null, _missing, _infinite, null) { Remark = "no value is a number" }
        : new ColumnSummary(name, type, _minimum, _maximum, _mean, _missing, _infinite, _withMass.Correlation)
        {
            Remark = _minimum == _maximum && _missing + _infinite == 0 ? "one value in all rows" : _precision.Loss()?.Words,
        };
}
