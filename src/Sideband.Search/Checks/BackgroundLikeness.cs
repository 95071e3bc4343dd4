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
/// where there is no signal: the distribution of each feature, single values of it, missing ones too, and how many of its values repeat,
/// which a rounding changes. Within the window only what is more than any signal could do is asked for. What all features have in common
/// (a correlation) is not seen.
/// </summary>
internal static class BackgroundLikeness
{
    public const string Name = "background_likeness";

    /// <summary>Standard errors of a share.</summary>
    private const double Certain = 5;

    /// <summary>
    /// Of a single value: a classifier finds it whole, so that a cut as tight as its share takes nothing else. A share that is off by as
    /// large a part of it moves a count by that part, as the largest delta_sys of the physics tables does.
    /// </summary>
    private const double ToleratedPart = 0.25;

    private static readonly Limits BesideWindow = new(
        "beside the window", QualityLimits.KolmogorovSmirnov, Repetition: 0.1, Share: 0.002);

    // No signal that a search looks for is as large a part of a window.
    private static readonly Limits InWindow = new("in the window", Distance: null, Repetition: 0.5, Share: 0.5);

    private static readonly Limits NothingBeside = InWindow with { Distance = 0.3 };

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
            var beside = Compared(window, first, second, BesideWindow).ToArray();
            var inside = Compared(
                window,
                Once(data.In(window.SignalRegion)),
                Once(background.In(window.SignalRegion)),
                beside.Length > 0 ? InWindow : NothingBeside);
            yield return beside.Concat(inside.Where(result => result.Outcome != CheckResult.Ok))
                .MaxBy(result => (result.Outcome == CheckResult.NoClaim, result.Value))
                ?? Result(window, null, null, null, CheckResult.Warning, FormattableString.Invariant(
                    $"{window.Name}: not checked, {first.Count} events of the data and {second.Count} of ideal_background lie beside it: ")
                    + "nothing says that the sample is background of the data's own distribution");
        }
    }

    private static EventTable Beside(EventTable events, MassWindow window, double? width)
    {
        var strips = new WindowStrips(events, window, width);
        return Once(events.Select([.. Rows(strips.Lower), .. Rows(strips.Upper)]));
    }

    // Copies are one event here: their values repeat, and tell nothing twice.
    private static EventTable Once(EventTable events)
    {
        var distinct = DistinctEvents.Of(events);
        return events.Select([.. Enumerable.Range(0, events.Count).Where(row => distinct[row])]);
    }

    private static IEnumerable<int> Rows(Range places) => Enumerable.Range(places.Start.Value, WindowStrips.Count(places));

    // Nothing where one of them has no events.
    private static IEnumerable<CheckResult> Compared(MassWindow window, EventTable data, EventTable background, Limits limits)
    {
        if (data.Count == 0 || background.Count == 0)
        {
            return [];
        }

        return background.WeightOfEach().Sum() > 0
            ? Enumerable.Range(0, data.FeatureNames.Count).SelectMany(feature => Of(window, data, background, feature, limits))
            : [Result(window, null, null, null, CheckResult.NoClaim, string.Create(
                CultureInfo.InvariantCulture,
                $"{window.Name}: the weights of ideal_background's {background.Count} events {limits.Where} do not sum to more than 0"))];
    }

    private static IEnumerable<CheckResult> Of(
        MassWindow window, EventTable data, EventTable background, int feature, Limits limits)
    {
        var name = data.FeatureNames[feature];
        foreach (var different in OfValues(window, data, background, feature, limits))
        {
            yield return different;
        }

        var (known, other) = (Known(data, feature), Known(background, feature));
        if (known.Values.Length == 0 || other.Values.Length == 0 || other.Weights.Sum() <= 0)
        {
            yield return Result(
                window, name, null, null, CheckResult.Ok, $"{window.Name}: '{name}' not compared, it has no values {limits.Where}");
            yield break;
        }

        if (limits.Distance is { } largest)
        {
            yield return OfDistribution(window, name, known, other, largest, limits.Where);
        }

        // Of as many events of each: more of them repeat more.
        var size = Math.Min(known.Values.Length, other.Values.Length);
        var (repeated, repeatedOfOther) = (Repeated(known.Values, size), Repeated(other.Values, size));
        var (difference, mean) = (repeated - repeatedOfOther, 0.5 * (repeated + repeatedOfOther));
        var deviations = difference / Math.Sqrt(2 * mean * (1 - mean) / size);
        if (Math.Abs(difference) > limits.Repetition && Math.Abs(deviations) > Certain)
        {
            yield return Result(window, name, Math.Abs(difference), limits.Repetition, CheckResult.NoClaim, string.Create(
                CultureInfo.InvariantCulture,
                $"{window.Name}: {limits.Where} {100 * repeated:0} % of the data's events have a value of '{name}' that another event has, "
                + $"and {100 * repeatedOfOther:0} % of ideal_background's: one of them is rounded"));
        }
    }

    private static CheckResult OfDistribution(
        MassWindow window,
        string name,
        (float[] Values, double[] Weights) data,
        (float[] Values, double[] Weights) background,
        double largest,
        string where)
    {
        var (worth, worthOfOther) = (EventCount.Of(data.Weights).EffectiveEvents, EventCount.Of(background.Weights).EffectiveEvents);
        var distance = KolmogorovSmirnov.Statistic(data.Values, background.Values, data.Weights, background.Weights);
        var probability = QualityLimits.ProbabilityOf(distance, (int)(2 * worth * worthOfOther / (worth + worthOfOther)));
        var off = distance > largest && probability < QualityLimits.Probability;
        return Result(
            window, name, distance, largest, off ? CheckResult.NoClaim : CheckResult.Ok, string.Create(
                CultureInfo.InvariantCulture,
                $"{window.Name}: '{name}' of ideal_background is {distance:0.000} (KS) from that of the data {where}")
                + (off ? ": the sample is not background of the data's own distribution" : ""));
    }

    private static IEnumerable<CheckResult> OfValues(
        MassWindow window, EventTable data, EventTable background, int feature, Limits limits)
    {
        var values = FrequentValues.Of(data.Features[feature], background.Features[feature]);
        if (values.Length == 0)
        {
            yield break;
        }

        var (worth, worthOfOther) = (
            EventCount.Of(data.WeightOfEach()).EffectiveEvents, EventCount.Of(background.WeightOfEach()).EffectiveEvents);
        foreach (var value in values)
        {
            var share = FeatureValues.ShareOf(data.Feature(feature), value, data.Weights);
            var other = FeatureValues.ShareOf(background.Feature(feature), value, background.Weights);
            var mean = Math.Clamp(((worth * share) + (worthOfOther * other)) / (worth + worthOfOther), 0, 1);
            var (difference, error) = (Math.Abs(share - other), Math.Sqrt(mean * (1 - mean) * ((1 / worth) + (1 / worthOfOther))));
            if (difference > Certain * error && difference > limits.Share && difference > ToleratedPart * Math.Max(share, other))
            {
                yield return Result(window, data.FeatureNames[feature], difference, limits.Share, CheckResult.NoClaim, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{window.Name}: {limits.Where} '{data.FeatureNames[feature]}' is {FrequentValues.Words(value)} "
                    + $"in {100 * share:0.0} % of the data's events and in {100 * other:0.0} % of ideal_background's"));
            }
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

    /// <summary>What is tolerated, and where.</summary>
    /// <param name="Where">In words.</param>
    /// <param name="Distance">
    /// Largest Kolmogorov-Smirnov distance of a feature; null: not asked for, as in a window beside which there are events.
    /// </param>
    /// <param name="Repetition">Largest difference of the shares of events whose value another event has.</param>
    /// <param name="Share">Largest difference of the shares of one value.</param>
    private sealed record Limits(string Where, double? Distance, double Repetition, double Share);
}
