namespace Sideband.Events;

/// <summary>
/// Pearson correlation of pairs that come one by one: means and central co-moments are updated with every pair (Welford 1962), so
/// that no digits cancel when the mean is large. Pairs with a value that is not finite are left out.
/// </summary>
internal struct PearsonSum
{
    private long _count;
    private double _meanX, _meanY, _xx, _yy, _xy;

    /// <summary>The correlation in [-1, 1]; null where one of the two does not vary.</summary>
    public readonly double? Correlation => _xx > 0 && _yy > 0 ? Math.Clamp(_xy / Math.Sqrt(_xx * _yy), -1, 1) : null;

    public void Add(double x, double y)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y))
        {
            return;
        }

        _count++;
        var fromX = x - _meanX;
        var fromY = y - _meanY;
        _meanX += fromX / _count;
        _meanY += fromY / _count;
        _xx += fromX * (x - _meanX);
        _yy += fromY * (y - _meanY);
        _xy += fromX * (y - _meanY);
    }
}
