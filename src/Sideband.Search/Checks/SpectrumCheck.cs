using System.Globalization;
using Sideband.Events;
using Sideband.Inference.Metrics;
using Sideband.Numerics;
using Sideband.Search.Results;
using Sideband.Search.Settings;

namespace Sideband.Search.Checks;

/// <summary>
/// Windows where the mass spectrum does not run smoothly through the strips: a turn-on, an edge, a gap. What features do there cannot be
/// learned from the strips. All but the gap is seen in the strips alone, so no resonance in the window is taken for it.
/// </summary>
internal static class SpectrumCheck
{
    public const string Name = "spectrum";

    /// <summary>
    /// What the window's number of events may be off from an exponential through its strips, relative. On the LHC Olympics files it is at
    /// most 0.05, in windows with a turn-on 0.3 and more.
    /// </summary>
    private const double Tolerated = 0.15;

    private const double Certain = 5;

    // Outer and inner half of the lower strip, inner and outer half of the upper one.
    private const int LowerOuter = 0, LowerInner = 1, UpperInner = 2, UpperOuter = 3;

    public static IEnumerable<CheckResult> Of(SearchSettings settings, EventTable data) => settings.Windows.Windows.Select(
        window => Of(settings, data, new WindowStrips(data, window, settings.SidebandWidth)));

    private static CheckResult Of(SearchSettings settings, EventTable data, WindowStrips strips)
    {
        var (region, width, half) = (strips.Region, strips.Width, strips.Width / 2);
        int[] counts =
        [
            WindowStrips.Count(strips.Between(strips.Beneath(width), strips.Beneath(half))),
            WindowStrips.Count(strips.Between(strips.Beneath(half), region.Low)),
            WindowStrips.Count(strips.Between(region.High, strips.Beyond(half))),
            WindowStrips.Count(strips.Between(strips.Beyond(half), strips.Beyond(width))),
        ];
        var (below, above) = (counts[LowerOuter] + counts[LowerInner], counts[UpperInner] + counts[UpperOuter]);
        var name = strips.Window.Name;
        if (below == 0 || above == 0)
        {
            return Result(
                strips, null, null, CheckResult.NoClaim, $"{name}: its {(below == 0 ? "lower" : "upper")} strip holds no events");
        }

        var inside = WindowStrips.Count(strips.Inside);
        var (foretold, error) = Foretold(below, above, region.Width, width);
        var off = (inside / foretold) - 1;
        var offBy = off / Math.Sqrt((error * error) + (1 / foretold));
        var (bend, bendBy) = Bend(counts, [.. Centres(strips).Select(strips.Place)], half / region.Width);
        var numbers = string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {inside} events, {foretold:0} foretold by an exponential through its strips ({100 * off:+0;-0} %, {offBy:+0.0;-0.0} "
            + $"standard errors); the strips' own bend foretells {100 * bend:+0;-0} % ({bendBy:+0.0;-0.0})");

        // What the spectrum seems to do may be what was asked of it.
        string Words(string seen) => numbers + "; " + (SpectrumCause.Of(settings, data, strips) ?? seen);

        return HasMaximum(counts)
            ? Result(strips, off, offBy, CheckResult.NoClaim, Words("the spectrum has its maximum within the strips"))
            : Math.Abs(bend) > Tolerated && Math.Abs(bendBy) > Certain
            ? Result(strips, bend, bendBy, CheckResult.NoClaim, Words("the spectrum turns on or off within the strips"))
            : off < -Tolerated && offBy < -Certain
            ? Result(strips, off, offBy, CheckResult.NoClaim, Words("the spectrum has a gap"))
            : off > Tolerated && offBy > Certain
            ? Result(strips, off, offBy, CheckResult.Warning, numbers + "; look at the spectrum: such a bump needs no classifier")
            : Result(strips, off, offBy, CheckResult.Ok, numbers);
    }

    private static CheckResult Result(WindowStrips strips, double? value, double? deviations, string outcome, string reason) =>
        new(Name, "data", strips.Window.Number, null, value, Tolerated, deviations, outcome, reason);

    private static double[] Centres(WindowStrips strips)
    {
        var (region, quarter) = (strips.Region, strips.Width / 4);
        return [region.Low - (3 * quarter), region.Low - quarter, region.High + quarter, region.High + (3 * quarter)];
    }

    // An exponential through two strips of one width s at distance w + s has the slope b = ln(N_u/N_l)/(w + s); over a width h it holds its
    // value at the centre times h sinh(b h/2)/(b h/2).
    private static (double Events, double RelativeError) Foretold(double below, double above, double window, double strip)
    {
        var slope = PortableMath.Log(above / below) / (window + strip);
        var ratio = window / strip * MeanOverCentre(slope * window / 2) / MeanOverCentre(slope * strip / 2);
        return (Math.Sqrt(below * above) * ratio, 0.5 * Math.Sqrt((1 / below) + (1 / above)));
    }

    // sinh(x)/x.
    private static double MeanOverCentre(double x) =>
        Math.Abs(x) < 1e-4 ? 1 + (x * x / 6) : (PortableMath.Exp(x) - PortableMath.Exp(-x)) / (2 * x);

    // A parabola through the logarithms of the four counts, at the window against the strips. An empty half counts as half an event.
    private static (double Relative, double Deviations) Bend(int[] counts, double[] places, double half)
    {
        var weights = counts.Select(count => Math.Max(0.5, count)).ToArray();

        // Mean of t^2 over an interval is that of its centre plus a twelfth of its width squared.
        var strips = places.Average(place => place * place) + (half * half / 12);
        if (QuadraticForecast.Coefficients(places, weights, [0, 0, (1.0 / 12) - strips]) is not { } coefficients)
        {
            return (0, 0);
        }

        var (sum, variance) = (0.0, 0.0);
        for (var i = 0; i < counts.Length; i++)
        {
            sum += coefficients[i] * PortableMath.Log(weights[i]);
            variance += coefficients[i] * coefficients[i] / weights[i];
        }

        return (PortableMath.Exp(sum) - 1, sum / Math.Sqrt(variance));
    }

    // Rises significantly below the window and falls significantly above it, the window itself left out.
    private static bool HasMaximum(int[] counts)
    {
        var highest = Math.Max(counts[LowerInner], counts[UpperInner]);
        return Exceeds(highest, counts[LowerOuter]) && Exceeds(highest, counts[UpperOuter]);
    }

    private static bool Exceeds(int one, int other) => one - other > Certain * Math.Sqrt(one + other);
}
