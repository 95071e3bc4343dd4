using System.Globalization;
using Sideband.Events;

namespace Sideband.Templates;

/// <summary>Numbers of a setting and their text form, separated by commas.</summary>
public static class NumberList
{
    /// <summary>Any number of numbers, at least one.</summary>
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

    /// <summary>A single number.</summary>
    /// <exception cref="ConfigurationException">Not a number, several, or one that is not allowed.</exception>
    public static double ParseOne(string key, string text, Func<double, bool> allowed, string allowedText) =>
        Parse(key, text, allowed, allowedText) is [var value]
            ? value
            : throw new ConfigurationException($"{key}: '{text}' is not allowed; allowed: {allowedText}");

    /// <summary>A whole number from <paramref name="smallest"/> to <paramref name="largest"/>.</summary>
    /// <exception cref="ConfigurationException">Another text.</exception>
    public static int ParseWhole(string key, string text, int smallest, int largest = int.MaxValue) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= smallest && value <= largest
            ? value
            : throw new ConfigurationException(
                $"{key}: '{text}' is not allowed; allowed: a whole number of at least {smallest}"
                + (largest < int.MaxValue ? $" and at most {largest}" : ""));

    /// <summary>The text form.</summary>
    public static string Format(IEnumerable<double> values) =>
        string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
