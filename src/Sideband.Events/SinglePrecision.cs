using System.Globalization;

namespace Sideband.Events;

/// <summary>
/// What single precision, in which features are kept, loses of values that come one by one: numbers that differ and become one. A spread
/// of 1 at 1e9 is gone, and so is all that is below 1e-45. Numbers that differ in their last bits as doubles, as those do that were
/// calculated in two ways, count as equal. A few thousand values, evenly taken, stand for all.
/// </summary>
internal sealed class SinglePrecision
{
    private const int Sampled = 4096;

    /// <summary>Shares of values that are one number and should not be: a warning, and no feature left.</summary>
    private const double Warned = 0.05, Refused = 0.5;

    // In units of the last place of a double.
    private const double Rounding = 64;

    // From here on a double holds whole numbers alone: identifiers, which are not calculated.
    private const double WholeNumbers = 1L << 53;

    private readonly List<double> _values = [];
    private int _step = 1;
    private int _next = 1;
    private double _lowest = double.PositiveInfinity;
    private double _highest = double.NegativeInfinity;

    public void Add(double value)
    {
        if (float.IsFinite((float)value))
        {
            (_lowest, _highest) = (Math.Min(_lowest, value), Math.Max(_highest, value));
        }

        if (--_next > 0)
        {
            return;
        }

        _next = _step;
        if (!float.IsFinite((float)value))
        {
            return;
        }

        _values.Add(value);
        if (_values.Count == 2 * Sampled)
        {
            // Every second one stays, and of those to come as few.
            for (var i = 0; i < Sampled; i++)
            {
                _values[i] = _values[2 * i];
            }

            _values.RemoveRange(Sampled, Sampled);
            _step *= 2;
            _next = _step;
        }
    }

    /// <summary>What is lost, in words behind the feature's name, and whether it is too much to go on; else null.</summary>
    public (string Words, bool IsTooMuch)? Loss()
    {
        var values = _values.ToArray();
        values.AsSpan().Sort();
        var (most, begin, end) = (0, 0, 0);
        for (int first = 0, after = 0; first < values.Length; first = after)
        {
            after = EndOf(values, first, (one, other) => (float)one == (float)other);
            if (Differing(values, first, after) is var lost && lost > most)
            {
                (most, begin, end) = (lost, first, after);
            }
        }

        var share = most / (double)Math.Max(1, values.Length);
        return share <= Refused && OneIsLeft() ? (Describe("its values differ and are all", _lowest, _highest), true)
            : share < Warned ? null
            : (Describe(
                string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} % of its values differ and are"),
                values[begin],
                values[end - 1]), share > Refused);
    }

    // Of two values, half of the events each, no more than half is lost, and all that there was.
    private bool OneIsLeft() => _lowest < _highest
        && (float)_lowest == (float)_highest
        && (_highest - _lowest > Tolerance(_lowest, _highest) || Math.Abs(_lowest) >= WholeNumbers);

    private static double Tolerance(double low, double high)
    {
        var size = Math.Max(Math.Abs(low), Math.Abs(high));
        return Rounding * (Math.BitIncrement(size) - size);
    }

    // Values of a cell beside the most frequent one of them.
    private static int Differing(double[] values, int first, int end)
    {
        if (values[end - 1] - values[first] <= Tolerance(values[first], values[end - 1]))
        {
            return 0;
        }

        var most = 0;
        for (int begin = first, after = 0; begin < end; begin = after)
        {
            after = Math.Min(end, EndOf(values, begin, (one, other) => one == other));
            most = Math.Max(most, after - begin);
        }

        return end - first - most;
    }

    private static int EndOf(double[] values, int first, Func<double, double, bool> areEqual)
    {
        var end = first + 1;
        while (end < values.Length && areEqual(values[first], values[end]))
        {
            end++;
        }

        return end;
    }

    private static string Describe(string which, double low, double high)
    {
        var isZero = (float)low == 0;
        return $"{which} {(isZero ? "0" : "one number")}"
            + string.Create(CultureInfo.InvariantCulture, $" in single precision (a spread of {high - low:G3} at {low:G6}): ")
            + (isZero ? "multiply the column by a factor, or take its logarithm" : "subtract an offset from the column");
    }
}
