using System.Globalization;
using Sideband.Events;
using Sideband.Inference.Metrics;
using Sideband.Search.Results;
using Sideband.Search.Settings;
using Sideband.Templates.Cwola;

namespace Sideband.Search.Checks;

/// <summary>
/// Features whose distribution changes with the mass in a way that two strips cannot stand for, a correlation of zero included: the shares
/// of ten cells are followed with a polynomial of second degree through the events on either side of the window, which says how far the
/// window's shares are from those of its strips. The window's own features are not looked at, so no signal in it is taken for this.
/// </summary>
internal static class MassDependence
{
    public const string Name = "mass_dependence";

    /// <summary>
    /// Share of a cell that the strips may be off, relative. On the LHC Olympics files it is at most 0.05 with the baseline features, which
    /// CWoLa hunting stands, and 0.25 to 0.33 for delta_r, where its delta_sys is of order one.
    /// </summary>
    private const double ToleratedByStrips = 0.15;

    /// <summary>
    /// The same for templates that are interpolated: at 1 the window has next to nothing in common with its strips in a cell, and what lies
    /// between them is a guess. In tables of 40,000 events a feature of width 1 whose mean moves by 3.6 from strip to strip, or bends as
    /// (m/71 GeV)^2, has up to 0.96, and CURTAINs carry it rightly; one that bends as (m/50 GeV)^2 has 1.18, and S = 14 without a signal.
    /// </summary>
    private const double ToleratedByInterpolation = 1;

    /// <summary>Standard errors: 10 cells of some features in some windows are looked at.</summary>
    private const double Certain = 5;

    /// <summary>Below this a cell has no normal error.</summary>
    private const int FewestInCell = 25;

    /// <summary>One result a window: its worst feature; none for a method whose template follows the mass by itself.</summary>
    public static IEnumerable<CheckResult> Of(SearchSettings settings, EventTable data)
    {
        if (settings.Method.Traits is { StandsMassDependence: true, InterpolatesInMass: false })
        {
            yield break;
        }

        foreach (var window in settings.Windows.Windows)
        {
            yield return Of(settings, data, new WindowStrips(data, window, settings.SidebandWidth));
        }
    }

    private static CheckResult Of(SearchSettings settings, EventTable data, WindowStrips strips)
    {
        var (window, interpolates) = (strips.Window.Name, settings.Method.Traits.InterpolatesInMass);
        var limit = interpolates ? ToleratedByInterpolation : ToleratedByStrips;
        var beside = Beside(data, strips, out var places);
        if (Moments(settings, data.Mass, strips) is not { } moments
            || QuadraticForecast.Coefficients(places, [], moments) is not { } coefficients)
        {
            return Result(strips, null, default, limit, CheckResult.Ok, $"{window}: not checked, there are too few events beside it");
        }

        var worst = default(CellShift);
        var feature = -1;
        for (var f = 0; f < data.FeatureNames.Count; f++)
        {
            var shift = Worst(beside[f], coefficients);
            if (feature < 0 || shift.IsWorseThan(worst))
            {
                (worst, feature) = (shift, f);
            }
        }

        var name = data.FeatureNames[feature];
        var tooFar = worst.IsBeyond(limit);
        return Result(strips, name, worst, limit, tooFar ? CheckResult.NoClaim : CheckResult.Ok, string.Create(
            CultureInfo.InvariantCulture,
            $"{window}: by the masses around it, the share of events with '{name}' {worst.Cell} differs from that of its strips by "
            + $"{100 * worst.Relative:+0;-0} % of its mean ({Math.Abs(worst.Deviations):0.0} standard errors)")
            + (!tooFar ? ""
                : interpolates ? "; the feature follows the mass too far to be interpolated across the window"
                : "; the feature follows the mass in a way that strips cannot stand for"));
    }

    private static CheckResult Result(
        WindowStrips strips, string? feature, CellShift shift, double limit, string outcome, string reason) => new(
        Name,
        "data",
        strips.Window.Number,
        feature,
        feature is null ? null : shift.Relative,
        limit,
        feature is null ? null : shift.Deviations,
        outcome,
        reason);

    // Features and places of the events up to the window's width (or two strips) away on either side.
    private static float[][] Beside(EventTable data, WindowStrips strips, out double[] places)
    {
        var reach = Math.Max(strips.Region.Width, 2 * strips.Width);
        var (lower, upper) = (
            strips.Between(strips.Beneath(reach), strips.Region.Low), strips.Between(strips.Region.High, strips.Beyond(reach)));
        double[] masses = [.. data.Mass[lower], .. data.Mass[upper]];
        places = Array.ConvertAll(masses, strips.Place);
        var features = new float[data.FeatureNames.Count][];
        for (var f = 0; f < features.Length; f++)
        {
            features[f] = [.. data.Feature(f)[lower], .. data.Feature(f)[upper]];
        }

        return features;
    }

    // Mean of (1, t, t^2) over the window minus that over the strips as the method weights them.
    private static double[]? Moments(SearchSettings settings, ReadOnlySpan<double> mass, WindowStrips strips)
    {
        var inside = Mean(mass[strips.Inside], strips);
        var (lower, upper) = (Mean(mass[strips.Lower], strips), Mean(mass[strips.Upper], strips));
        var (below, above) = (WindowStrips.Count(strips.Lower), WindowStrips.Count(strips.Upper));
        if (below == 0 || above == 0 || WindowStrips.Count(strips.Inside) == 0)
        {
            return null;
        }

        // What is interpolated is compared with strips that have the window's mean mass, as balanced ones have.
        var balanced = (settings.Method.Traits.InterpolatesInMass || BalancesStrips(settings))
            && lower.First < inside.First && inside.First < upper.First;
        var share = balanced ? (upper.First - inside.First) / (upper.First - lower.First) : (double)below / (below + above);
        double Left(Func<(double First, double Second), double> moment) =>
            moment(inside) - ((share * moment(lower)) + ((1 - share) * moment(upper)));

        return [0, Left(moment => moment.First), Left(moment => moment.Second)];
    }

    private static bool BalancesStrips(SearchSettings settings) =>
        settings.Method.Options.Contains(CwolaOptions.SidebandBalanceOption)
        && settings.OptionValues[CwolaOptions.SidebandBalanceOption] == "mass";

    private static (double First, double Second) Mean(ReadOnlySpan<double> mass, WindowStrips strips)
    {
        var (first, second) = (0.0, 0.0);
        foreach (var value in mass)
        {
            var t = strips.Place(value);
            (first, second) = (first + t, second + (t * t));
        }

        var count = Math.Max(1, mass.Length);
        return (first / count, second / count);
    }

    private static CellShift Worst(float[] values, double[] coefficients)
    {
        var cells = FeatureCells.Of(values);
        var (counts, sums, squares) = (new int[cells.Count], new double[cells.Count], new double[cells.Count]);
        for (var i = 0; i < values.Length; i++)
        {
            var cell = cells.IndexOf(values[i]);
            counts[cell]++;
            sums[cell] += coefficients[i];
            squares[cell] += coefficients[i] * coefficients[i];
        }

        var worst = default(CellShift);
        for (var cell = 0; cell < counts.Length; cell++)
        {
            var share = (double)counts[cell] / values.Length;
            var error = Math.Sqrt(squares[cell] * (1 - share));
            var shift = new CellShift(cells.Describe(cell), sums[cell] / share, sums[cell] / error);
            if (counts[cell] >= FewestInCell && error > 0 && (worst.Cell is null || shift.IsWorseThan(worst)))
            {
                worst = shift;
            }
        }

        return worst;
    }

    // Of those that are certain the largest, else the one with the most standard errors.
    private readonly record struct CellShift(string? Cell, double Relative, double Deviations)
    {
        public bool IsBeyond(double limit) => IsCertain && Math.Abs(Relative) > limit;

        private bool IsCertain => Math.Abs(Deviations) > Certain;

        public bool IsWorseThan(CellShift other) => (IsCertain, other.IsCertain) switch
        {
            (true, true) => Math.Abs(Relative) > Math.Abs(other.Relative),
            (var one, var another) when one != another => one,
            _ => Math.Abs(Deviations) > Math.Abs(other.Deviations),
        };
    }
}
