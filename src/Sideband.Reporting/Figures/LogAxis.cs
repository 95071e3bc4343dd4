using System.Text.Json.Nodes;

namespace Sideband.Reporting.Figures;

/// <summary>Limits and ticks of a logarithmic axis: decades where there are several, else 1, 2, 5 between them.</summary>
internal static class LogAxis
{
    /// <summary>Labels 0.01, 0.1, 1, 10, 100 and powers of ten with an exponent beyond.</summary>
    public const string Label =
        "abs(log(datum.value)/LN10 - round(log(datum.value)/LN10)) < 1e-6 && (datum.value > 999 || datum.value < 0.009)"
        + " ? '10' + (datum.value < 1 ? '⁻' : '') + ['⁰','¹','²','³','⁴','⁵','⁶','⁷','⁸','⁹'][abs(round(log(datum.value)/LN10))]"
        + " : format(datum.value, '~g')";

    /// <summary>Scale and axis for a channel, to be put in as one value each.</summary>
    /// <param name="values">What is drawn; numbers of at most 0 have no place on the axis.</param>
    /// <param name="floor">The axis does not go below.</param>
    public static (JsonObject Scale, JsonArray Ticks) Of(IEnumerable<double> values, double floor)
    {
        double[] positive = [.. values.Where(value => value > 0).DefaultIfEmpty(1)];
        var low = Math.Max(floor, positive.Min() / 1.3);
        var high = Math.Max(positive.Max() * 1.6, low * 10);
        var scale = new JsonObject { ["type"] = "log", ["domain"] = new JsonArray(low, high), ["nice"] = false, ["clamp"] = true };
        return (scale, Ticks(low, high));
    }

    private static JsonArray Ticks(double low, double high)
    {
        var (first, last) = ((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)));
        double[] steps = Math.Log10(high / low) >= 2 ? [1] : [1, 2, 5];
        var every = ((last - first) / 9) + 1;
        var ticks = from decade in Enumerable.Range(first, last - first + 1)
                    where decade % every == 0
                    from step in steps
                    let tick = step * Math.Pow(10, decade)
                    where tick >= low * 0.999 && tick <= high * 1.001
                    select (JsonNode)tick;
        return new JsonArray([.. ticks]);
    }
}
