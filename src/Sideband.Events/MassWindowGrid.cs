using System.Globalization;

namespace Sideband.Events;

/// <summary>
/// The grid of search windows and its text form: <c>1-9</c> or <c>5</c> or <c>1,3-5</c> (numbers, mass mjj only),
/// <c>START:STOP:STEP:WIDTH</c> (centres, both ends included), or explicit intervals <c>3.3:3.7,3.4:3.8</c>.
/// </summary>
/// <param name="Text">The text that was parsed.</param>
/// <param name="ByNumber">True where windows were asked for by number, which has a meaning for mjj only.</param>
/// <param name="Windows">At least one window, in the order asked for.</param>
public sealed record MassWindowGrid(string Text, bool ByNumber, IReadOnlyList<MassWindow> Windows)
{
    private const string Allowed =
        "window numbers such as 1-9 or 5, START:STOP:STEP:WIDTH of centres, or intervals such as 3.3:3.7,3.4:3.8";

    /// <summary>The nine windows of arXiv:2411.00085.</summary>
    public static MassWindowGrid Default { get; } = Parse("1-9", "windows");

    /// <summary>Reads the text form.</summary>
    /// <param name="text">See the type's summary. Edges are decimal numbers, so that 3.3 is the double nearest to 3.3.</param>
    /// <param name="key">The setting that is parsed, for the message.</param>
    /// <exception cref="ConfigurationException">Another form, an empty interval, one given twice, or a number outside 1 to 9.</exception>
    public static MassWindowGrid Parse(string text, string key)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            throw Error(key, text);
        }

        if (!text.Contains(':', StringComparison.Ordinal))
        {
            return new MassWindowGrid(text, true, [.. parts.SelectMany(part => Numbers(part, text, key)).Distinct().Select(ByNumberOf)]);
        }

        var fields = parts.Select(part => part.Split(':').Select(field => Decimal(field, text, key)).ToArray()).ToArray();
        var intervals = fields switch
        {
            [{ Length: 4 } grid] => Centres(grid, text, key),
            _ when fields.All(field => field.Length == 2) => fields.Select(field => (field[0], field[1])),
            _ => throw Error(key, text),
        };
        var windows = intervals.Select((edges, index) => Window(index + 1, edges.Item1, edges.Item2)).ToArray();
        if (windows.FirstOrDefault(window => window.SignalRegion.Width <= 0)?.SignalRegion is { } empty)
        {
            throw Error(key, text, FormattableString.Invariant($", LOW must be below HIGH in {empty.Low:R}:{empty.High:R}"));
        }

        // Once more it would be another trial, and another window of a spread, of the same events.
        var twice = windows.GroupBy(window => window.SignalRegion).FirstOrDefault(same => same.Count() > 1);
        return twice is null
            ? new MassWindowGrid(text, false, windows)
            : throw new ConfigurationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{key}: the window {twice.Key.Low:R}:{twice.Key.High:R} is given {twice.Count()} times; give each once"));
    }

    private static IEnumerable<int> Numbers(string part, string text, string key)
    {
        var ends = part.Split('-');
        if (ends.Length > 2
            || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            || first < 1 || last > 9 || first > last)
        {
            throw Error(key, text);
        }

        return Enumerable.Range(first, last - first + 1);
    }

    private static MassWindow ByNumberOf(int number)
    {
        // Centre 3.5 + 0.1 (n - 5) TeV, width 0.4 TeV.
        var centre = 3.5m + (0.1m * (number - 5));
        return Window(number, centre - 0.2m, centre + 0.2m);
    }

    private static IEnumerable<(decimal Low, decimal High)> Centres(decimal[] grid, string text, string key)
    {
        var (start, stop, step, width) = (grid[0], grid[1], grid[2], grid[3]);
        if (stop < start || step <= 0 || width <= 0 || (stop - start) / step > 10_000)
        {
            throw Error(key, text);
        }

        for (var centre = start; centre <= stop; centre += step)
        {
            yield return (centre - (width / 2), centre + (width / 2));
        }
    }

    private static MassWindow Window(int number, decimal low, decimal high) => new(number, new MassInterval((double)low, (double)high));

    private static decimal Decimal(string field, string text, string key) =>
        decimal.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Error(key, text);

    private static ConfigurationException Error(string key, string text, string why = "") =>
        new($"{key}: '{text}' is not a window grid{why}; allowed: {Allowed}");
}
