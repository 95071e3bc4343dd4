using System.Globalization;
using System.Text;

namespace Sideband.Events.Readers.Text;

/// <summary>A number as a text file gives it.</summary>
internal static class TextNumber
{
    /// <summary>False for any other text; an empty field is NaN.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        (var known, value) = Encoding.UTF8.GetString(text).ToUpperInvariant() switch
        {
            "" or "NA" or "N/A" or "NULL" or "NONE" => (true, double.NaN),
            "INF" or "+INF" => (true, double.PositiveInfinity),
            "-INF" => (true, double.NegativeInfinity),
            "TRUE" => (true, 1.0),
            "FALSE" => (true, 0.0),
            _ => (false, 0.0),
        };
        return known;
    }
}
