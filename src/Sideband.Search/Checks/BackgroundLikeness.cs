using System.Globalization;
using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;
using Sideband.Search.Results;
using Sideband.Search.Settings;
using Sideband.Templates;
using Sideband.Templates.Learned;

namespace Sideband.Search.Checks;

/// <summary>
/// A background sample that is the template as it is (<c>ideal</c>, <c>supervised</c>) against the data in the strips beside the window,
/// where there is no signal: the distribution of each feature, and how many of its values repeat, which a rounding changes. What all
/// features have in common (a correlation) is not seen.
/// </summary>
internal static class BackgroundLikeness
{
    public const string Name = "background_likeness";

    /// <summary>Largest difference of the shares of events whose value another event has.</summary>
    private const double ToleratedRepetition = 0.1;

    /// <summary>Standard errors of such a share.</summary>
    private const double Certain = 5;

    /// <summary>One result a window: its worst feature; none where no role has such a sample.</summary>
    public static IEnumerable<CheckResult> Of(SearchSettings settings, IReadOnlyDictionary<InputRole, EventTable> tables)
    {
        if (!tables.TryGetValue(InputRole.IdealBackground, out var background))
        {
            yield break;
        }

        var data = tables[InputRole.Data];
        foreach (var window in settings.Windows.Windows)
        {
            var (first, second) = (Beside(data, window, settings.SidebandWidth), Beside(background, window, settings.SidebandWidth));
            yield return first.Count == 0 || second.Count == 0
                ? Result(window, null, null, null, CheckResult.Ok, FormattableString.Invariant(
                    $"{window.Name}: not checked, {first.Count} events of the data and {second.Count} of ideal_background lie beside it"))
                : Enumerable.Range(0, data.FeatureNames.Count).SelectMany(feature => Of(window, first, second, feature))
                    .MaxBy(result => (result.Outcome == CheckResult.NoClaim, result.Value))!;
        }
    }

    private static EventTable Beside(EventTable events, MassWindow window, double? width)
    {
        // Copies are one event here: their values repeat, and tell nothing twice.
        var strips = new WindowStrips(events, window, width);
        var beside = events.Select([.. Rows(strips.Lower), .. Rows(strips.Upper)]);
        var distinct = DistinctEvents.Of(beside);
        return beside.Select([.. Enumerable.Range(0, beside.Count).Where(row => distinct[row])]);
    }

    private static IEnumerable<int> Rows(Range places) => Enumerable.Range(places.Start.Value, WindowStrips.Count(places));

    private static IEnumerable<CheckResult> Of(MassWindow window, EventTable data, EventTable background, int feature)
    {
        var name = data.FeatureNames[feature];
        var (known, other) = (Known(data, feature), Known(background, feature));
        if (known.Values.Length == 0 || other.Values.Length == 0)
        {
            yield return Result(
                window, name, null, null, CheckResult.Ok, $"{window.Name}: '{name}' not checked, it has no values beside it");
            yield break;
        }

        var (worth, worthOfOther) = (EventCount.Of(known.Weights).EffectiveEvents, EventCount.Of(other.Weights).EffectiveEvents);
        var distance = KolmogorovSmirnov.Statistic(known.Values, other.Values, known.Weights, other.Weights);
        var probability = QualityLimits.ProbabilityOf(distance, (int)(2 * worth * worthOfOther / (worth + worthOfOther)));
        var off = distance > QualityLimits.KolmogorovSmirnov && probability < QualityLimits.Probability;
        yield return Result(
            window, name, distance, QualityLimits.KolmogorovSmirnov, off ? CheckResult.NoClaim : CheckResult.Ok, string.Create(
                CultureInfo.InvariantCulture,
                $"{window.Name}: '{name}' of ideal_background is {distance:0.000} (KS) from that of the data beside the window")
                + (off ? ": the sample is not background of the data's own distribution" : ""));

        // Of as many events of each: more of them repeat more.
        var size = Math.Min(known.Values.Length, other.Values.Length);
        var (repeated, repeatedOfOther) = (Repeated(known.Values, size), Repeated(other.Values, size));
        var (difference, mean) = (repeated - repeatedOfOther, 0.5 * (repeated + repeatedOfOther));
        var deviations = difference / Math.Sqrt(2 * mean * (1 - mean) / size);
        if (Math.Abs(difference) > ToleratedRepetition && Math.Abs(deviations) > Certain)
        {
            yield return Result(window, name, Math.Abs(difference), ToleratedRepetition, CheckResult.NoClaim, string.Create(
                CultureInfo.InvariantCulture,
                $"{window.Name}: beside it {100 * repeated:0} % of the data's events have a value of '{name}' that another event has, and "
                + $"{100 * repeatedOfOther:0} % of ideal_background's: one of them is rounded"));
        }
    }

    private static (float[] Values, double[] Weights) Known(EventTable events, int feature)
    {
        var (values, weights) = (events.Feature(feature).ToArray(), events.WeightOfEach());
        int[] rows = [.. Enumerable.Range(0, values.Length).Where(row => !float.IsNaN(values[row]))];
        return ([.. rows.Select(row => values[row])], [.. rows.Select(row => weights[row])]);
    }

    // Share of the first events of an evenly thinned sample whose value another of them has.
    private static double Repeated(float[] values, int size)
    {
        var counts = new Dictionary<float, int>();
        for (var i = 0; i < size; i++)
        {
            var value = values[(int)((long)i * values.Length / size)];
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        return counts.Values.Where(count => count > 1).Sum() / (double)size;
    }

    private static CheckResult Result(
        MassWindow window, string? feature, double? value, double? limit, string outcome, string reason) => new(
        Name, InputRole.IdealBackground.Name, window.Number, feature, value, limit, null, outcome, reason);
}
