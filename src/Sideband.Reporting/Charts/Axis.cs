using System.Globalization;

namespace Sideband.Reporting.Charts;

/// <summary>An axis with all that is to be seen of it, so that every drawing of a figure has the same limits and ticks.</summary>
/// <param name="Title">Quantity and unit.</param>
/// <param name="Low">Lower limit.</param>
/// <param name="High">Upper limit, above the lower.</param>
/// <param name="Ticks">Places with a label, ascending.</param>
public sealed record Axis(string Title, double Low, double High, IReadOnlyList<double> Ticks)
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    // Of so many decades the powers of ten are ticks enough.
    private const double DecadesAlone = 2.5;

    public bool IsLogarithmic { get; init; }

    /// <summary>False for an upper panel, whose labels are those of the panel below.</summary>
    public bool HasLabels { get; init; } = true;

    /// <summary>An axis from low to high with about so many round ticks.</summary>
    /// <param name="isNice">Moves the limits out to the next ticks.</param>
    public static Axis Linear(string title, double low, double high, int ticks = 6, bool isNice = false)
    {
        high = high > low ? high : low + Math.Max(Math.Abs(low), 1);
        var step = RoundStep((high - low) / ticks);
        var (first, last) = isNice
            ? (Math.Floor((low / step) + 1e-9), Math.Ceiling((high / step) - 1e-9))
            : (Math.Ceiling((low / step) - 1e-9), Math.Floor((high / step) + 1e-9));
        double[] places = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Digits.Round((first + i) * step))];
        return isNice ? new Axis(title, places[0], places[^1], places) : new Axis(title, low, high, places);
    }

    /// <summary>An axis of the powers of ten; of few decades the ticks are 1, 2 and 5 times these.</summary>
    /// <param name="low">Above 0.</param>
    public static Axis Logarithmic(string title, double low, double high)
    {
        var (first, last) = ((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)));
        double[] steps = Math.Log10(high / low) >= DecadesAlone ? [1] : [1, 2, 5];
        var every = ((last - first) / 9) + 1;
        var ticks = from decade in Enumerable.Range(first, last - first + 1)
                    where decade % every == 0
                    from step in steps
                    let tick = Digits.Round(step * Math.Pow(10, decade))
                    where tick >= low * 0.999 && tick <= high * 1.001
                    select tick;
        return new Axis(title, low, high, [.. ticks]) { IsLogarithmic = true };
    }

    /// <summary>
    /// A logarithmic axis around these values: from at most 1/1.3 of the smallest, but not below the floor, to 1.6 times the largest.
    /// </summary>
    /// <param name="values">What is drawn; numbers of at most 0 have no place on the axis.</param>
    public static Axis LogarithmicAround(string title, IEnumerable<double> values, double floor)
    {
        double[] positive = [.. values.Where(value => value > 0).DefaultIfEmpty(1)];
        var low = Math.Max(floor, positive.Min() / 1.3);
        return Logarithmic(title, low, Math.Max(positive.Max() * 1.6, low * 10));
    }

    /// <summary>The same axis without title and labels, for the panel above.</summary>
    public Axis WithoutLabels() => this with { Title = "", HasLabels = false };

    /// <summary>The words at each tick.</summary>
    internal IEnumerable<string> Labels() => !IsLogarithmic ? Ticks.Select(Fixed)
        : Ticks.All(IsPower) ? Ticks.Select(Power)
        : Ticks.Select(tick => tick.ToString(tick < 1e-4 ? "0.###e0" : "#,0.######", CultureInfo.InvariantCulture));

    private static bool IsPower(double tick) => Math.Abs((tick / Math.Pow(10, Exponent(tick))) - 1) < 1e-6;

    private static int Exponent(double tick) => (int)Math.Round(Math.Log10(tick));

    // 10⁻³, 10⁻², 10⁻¹, 1, 10, 10².
    private static string Power(double tick) => Exponent(tick) switch
    {
        0 => "1",
        1 => "10",
        var exponent => "10" + (exponent < 0 ? "⁻" : "") + Superscript(Math.Abs(exponent)),
    };

    private static string Superscript(int number) => string.Concat($"{number}".Select(digit => Superscripts[digit - '0']));

    // All with as many decimals as the longest needs.
    private string Fixed(double tick)
    {
        var decimals = Ticks.Max(Digits.Decimals);
        return tick.ToString((tick >= 10_000 ? "N" : "F") + decimals, CultureInfo.InvariantCulture).Replace('-', '−');
    }

    // 1, 2 or 5 times a power of ten, next to what is asked for.
    private static double RoundStep(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch { < 1.5 => power, < 3.5 => 2 * power, < 7.5 => 5 * power, _ => 10 * power };
    }
}
