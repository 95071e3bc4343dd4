using System.Globalization;

namespace Sideband.Reporting.Charts;

/// <summary>Decimals of ticks.</summary>
internal static class Digits
{
    private const int Most = 6;

    /// <summary>Takes away what multiples of 0.1 have behind their twelfth digit.</summary>
    public static double Round(double value) =>
        double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>How many decimals it takes to write a number, at most 6.</summary>
    public static int Decimals(double value)
    {
        var text = Math.Abs(value).ToString("0.######", CultureInfo.InvariantCulture);
        return text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? Math.Min(Most, text.Length - point - 1) : 0;
    }
}
