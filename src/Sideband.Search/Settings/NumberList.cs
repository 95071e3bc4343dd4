using System.Globalization;
using Sideband.Events;

namespace Sideband.Search.Settings;

/// <summary>Numbers of a setting and their text form, separated by commas.</summary>
internal static class NumberList
{
    /// <exception cref="ConfigurationException">Not numbers, none, or one that is not allowed.</exception>
    public static double[] Parse(string key, string text, Func<double, bool> allowed, string allowedText)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var values = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i])
                || !double.IsFinite(values[i])
                || !allowed(values[i]))
            {
                throw new ConfigurationException($"{key}: '{parts[i]}' is not allowed; allowed: {allowedText}");
            }
        }

        return values.Length == 0 ? throw new ConfigurationException($"{key}: no value; allowed: {allowedText}") : values;
    }

    public static double ParseOne(string key, string text, Func<double, bool> allowed, string allowedText) =>
        Parse(key, text, allowed, allowedText) is [var value]
            ? value
            : throw new ConfigurationException($"{key}: '{text}' is not allowed; allowed: {allowedText}");

    public static int ParseWhole(string key, string text, int smallest, int largest = int.MaxValue) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= smallest && value <= largest
            ? value
            : throw new ConfigurationException(
                $"{key}: '{text}' is not allowed; allowed: a whole number of at least {smallest}" + (largest < int.MaxValue ? $" and at most {largest}" : ""));

    public static string Format(IEnumerable<double> values) =>
        string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
