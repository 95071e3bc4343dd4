using System.Globalization;
using Sideband.Events;
using Sideband.Search.Results;
using Sideband.Search.Settings;

namespace Sideband.Search.Checks;

/// <summary>
/// A value that a feature has in a large part of a window's events and in hardly any of its strips', or the other way round: a feature that
/// is not filled there, or filled with something else. No template that is made of events beside the window can have it. What lies between
/// the shares of both strips, or as far from them as a signal could take it, is tolerated.
/// </summary>
internal static class ValuesInWindow
{
    public const string Name = "values";

    /// <summary>Difference of the shares: no signal that a search looks for is as large a part of a window.</summary>
    private const double Tolerated = 0.5;

    /// <summary>Standard errors.</summary>
    private const double Certain = 5;

    /// <summary>Of each window the worst value, where one is that far.</summary>
    public static IEnumerable<CheckResult> Of(SearchSettings settings, EventTable data) => settings.Windows.Windows
        .Select(window => Of(data, new WindowStrips(data, window, settings.SidebandWidth)))
        .OfType<CheckResult>();

    private static CheckResult? Of(EventTable data, WindowStrips strips) => Enumerable.Range(0, data.FeatureNames.Count)
        .SelectMany(feature => Of(data, feature, strips))
        .MaxBy(result => Math.Abs(result.Value!.Value));

    private static IEnumerable<CheckResult> Of(EventTable data, int feature, WindowStrips strips)
    {
        var (inside, lower, upper) = (
            Part(data, feature, strips.Inside), Part(data, feature, strips.Lower), Part(data, feature, strips.Upper));
        if (inside.Length == 0 || lower.Length == 0 || upper.Length == 0)
        {
            yield break;
        }

        foreach (var value in FrequentValues.Of(inside, lower, upper))
        {
            double Share(ReadOnlyMemory<float> part) => FeatureValues.ShareOf(part.Span, value);
            var (share, below, above) = (Share(inside), Share(lower), Share(upper));
            var nearest = Math.Clamp(share, Math.Min(below, above), Math.Max(below, above));
            var beside = nearest == below ? lower.Length : upper.Length;
            var mean = ((inside.Length * share) + (beside * nearest)) / (inside.Length + beside);
            var (difference, error) = (share - nearest, Math.Sqrt(mean * (1 - mean) * ((1.0 / inside.Length) + (1.0 / beside))));
            if (Math.Abs(difference) > Tolerated && Math.Abs(difference) > Certain * error)
            {
                yield return new CheckResult(
                    Name,
                    "data",
                    strips.Window.Number,
                    data.FeatureNames[feature],
                    difference,
                    Tolerated,
                    difference / error,
                    CheckResult.NoClaim,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{strips.Window.Name}: '{data.FeatureNames[feature]}' is {FrequentValues.Words(value)} "
                        + $"in {100 * share:0} % of its events, and in {100 * below:0} % and {100 * above:0} % of those of its strips"));
            }
        }
    }

    private static ReadOnlyMemory<float> Part(EventTable data, int feature, Range places) => data.Features[feature][places];
}
