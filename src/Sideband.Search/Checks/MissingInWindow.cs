using System.Globalization;
using Sideband.Events;
using Sideband.Search.Results;
using Sideband.Search.Settings;

namespace Sideband.Search.Checks;

/// <summary>
/// A feature that is missing in a window and not in its strips, or the other way round: by that alone a classifier knows the window. Only
/// whether values are missing is looked at, and what a signal could do to that is tolerated.
/// </summary>
internal static class MissingInWindow
{
    public const string Name = "missing";

    /// <summary>Difference of the shares: no signal that a search looks for is as large a part of a window.</summary>
    private const double Tolerated = 0.15;

    /// <summary>Standard errors.</summary>
    private const double Certain = 5;

    /// <summary>Of each window the worst feature, where one differs that far; nothing where no value is missing.</summary>
    public static IEnumerable<CheckResult> Of(SearchSettings settings, EventTable data) => settings.Windows.Windows
        .Select(window => Of(data, new WindowStrips(data, window, settings.SidebandWidth)))
        .OfType<CheckResult>();

    private static CheckResult? Of(EventTable data, WindowStrips strips)
    {
        var (worst, feature, errors) = (0.0, -1, 0.0);
        for (var f = 0; f < data.FeatureNames.Count; f++)
        {
            var values = data.Feature(f);
            var (inside, below, above) = (Missing(values[strips.Inside]), Missing(values[strips.Lower]), Missing(values[strips.Upper]));
            var (events, beside) = (
                WindowStrips.Count(strips.Inside), WindowStrips.Count(strips.Lower) + WindowStrips.Count(strips.Upper));
            if (events == 0 || beside == 0 || inside + below + above == 0)
            {
                continue;
            }

            // Binomial, of both together.
            var share = (double)(inside + below + above) / (events + beside);
            var difference = ((double)inside / events) - ((double)(below + above) / beside);
            var error = Math.Sqrt(share * (1 - share) * ((1.0 / events) + (1.0 / beside)));
            if (Math.Abs(difference) > Math.Max(Math.Abs(worst), Tolerated) && Math.Abs(difference) > Certain * error)
            {
                (worst, feature, errors) = (difference, f, difference / error);
            }
        }

        return feature < 0 ? null : new CheckResult(
            Name,
            "data",
            strips.Window.Number,
            data.FeatureNames[feature],
            worst,
            Tolerated,
            errors,
            CheckResult.NoClaim,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{strips.Window.Name}: the share of events in which '{data.FeatureNames[feature]}' is missing differs from that of its "
                + $"strips by {100 * worst:+0;-0} % of the events ({Math.Abs(errors):0.0} standard errors)"));
    }

    private static int Missing(ReadOnlySpan<float> values)
    {
        var count = 0;
        foreach (var value in values)
        {
            count += float.IsNaN(value) ? 1 : 0;
        }

        return count;
    }
}
