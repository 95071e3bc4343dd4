using System.Globalization;
using Sideband.Events;

namespace Sideband.Search.Settings;

/// <summary>The text form LOW:HIGH of an interval of the mass.</summary>
public static class MassRangeText
{
    /// <param name="key">The setting or option, for the message.</param>
    /// <param name="text">LOW:HIGH.</param>
    /// <exception cref="ConfigurationException">Another form, or LOW not below HIGH.</exception>
    public static MassInterval Parse(string key, string text)
    {
        var ends = text.Split(':');
        return ends.Length == 2
            && double.TryParse(ends[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var low)
            && double.TryParse(ends[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var high)
            && low < high
            ? new MassInterval(low, high)
            : throw new ConfigurationException(
                $"{key}: '{text}' is not allowed; allowed: LOW:HIGH with LOW below HIGH, in the unit of the mass");
    }
}
