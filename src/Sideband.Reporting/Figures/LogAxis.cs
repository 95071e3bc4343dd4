using System.Text.Json.Nodes;

namespace Sideband.Reporting.Figures;

/// <summary>A logarithmic axis: decades where there are several, 1, 2, 5 between them where there are few.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
internal sealed record LogAxis(double Low, double High)
{
    /// <summary>Less than any number on such an axis: marks that stand on it begin here, and the scale cuts them off at its end.</summary>
    public const double Ground = 1e-30;

    // Decades are all written as powers, numbers between them all in decimals: 1, 10, 10², 10³, or 5, 10, 20, 50.
    private const string Power =
        "datum.value > 0.9 && datum.value < 11 ? format(datum.value, 'd') : '10' + (datum.value < 1 ? '⁻' : '')"
        + " + ['','¹','²','³'][floor(abs(round(log(datum.value)/LN10))/10)]"
        + " + ['⁰','¹','²','³','⁴','⁵','⁶','⁷','⁸','⁹'][abs(round(log(datum.value)/LN10)) % 10]";

    private const string Decimals = "format(datum.value, ',~r')";

    private bool HasDecades => Math.Log10(High / Low) >= 2.5;

    /// <summary>Room for the values above 0, a decade at least.</summary>
    public static (double Low, double High) Limits(IEnumerable<double> values, double floor)
    {
        double[] positive = [.. values.Where(value => value > 0).DefaultIfEmpty(1)];
        var low = Math.Max(floor, positive.Min() / 1.3);
        return (low, Math.Max(positive.Max() * 1.6, low * 10));
    }

    /// <summary>The scale of a channel.</summary>
    public JsonObject Scale() => new() { ["type"] = "log", ["domain"] = Axes.Domain(Low, High), ["nice"] = false, ["clamp"] = true };

    /// <summary>The axis of a channel: where its numbers stand and how they are written.</summary>
    public JsonObject Axis() => new() { ["values"] = Axes.Numbers(Ticks()), ["labelExpr"] = HasDecades ? Power : Decimals };

    /// <summary>Where the numbers stand.</summary>
    public IEnumerable<double> Ticks()
    {
        var (first, last) = ((int)Math.Floor(Math.Log10(Low)), (int)Math.Ceiling(Math.Log10(High)));
        double[] steps = HasDecades ? [1] : [1, 2, 5];
        var every = ((last - first) / 9) + 1;
        return from decade in Enumerable.Range(first, last - first + 1)
               where decade % every == 0
               from step in steps
               let tick = step * Math.Pow(10, decade)
               where tick >= Low * 0.999 && tick <= High * 1.001
               select tick;
    }
}
