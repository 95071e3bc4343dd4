using System.Globalization;
using Sideband.Events;

namespace Sideband.Search.Fits;

/// <summary>Signal masses as they are asked for: <c>3.1,3.25</c>, or <c>START:STOP:STEP</c> with both ends.</summary>
public static class FitMasses
{
    private const int Most = 1000;
    private const string Allowed = "masses separated by commas, or START:STOP:STEP, at most 1000, in the unit of the mass";

    /// <summary>Reads the text form; in decimals, so that 3.3 is the double nearest to 3.3.</summary>
    /// <exception cref="ConfigurationException">Another form, a mass that is not above 0, none or too many.</exception>
    public static IReadOnlyList<double> Parse(string text)
    {
        decimal[] Numbers(char separator) => [.. text.Split(separator, StringSplitOptions.TrimEntries).Select(Number)];
        IEnumerable<decimal> masses = text.Contains(':', StringComparison.Ordinal) ? Grid(Numbers(':')) : Numbers(',');
        double[] all = [.. masses.Select(mass => (double)mass).Distinct()];
        return all.All(mass => mass > 0) ? all : throw Error();

        decimal Number(string part) => decimal.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Error();

        IEnumerable<decimal> Grid(decimal[] fields) => fields is [var start, var stop, var step] && step > 0 && stop >= start
            && (stop - start) / step < Most
            ? Enumerable.Range(0, 1 + (int)((stop - start) / step)).Select(i => start + (i * step))
            : throw Error();

        ConfigurationException Error() => new($"--masses: '{text}' is not allowed; allowed: {Allowed}");
    }
}
