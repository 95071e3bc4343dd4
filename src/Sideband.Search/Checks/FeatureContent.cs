using System.Globalization;
using Sideband.Events;
using Sideband.Search.Inputs;
using Sideband.Search.Results;
using Sideband.Templates;

namespace Sideband.Search.Checks;

/// <summary>
/// Whether the background samples have the data's features at all: one that a file does not fill, has in other units or rounds otherwise
/// tells it from data by itself. What the values are in a window is not asked.
/// </summary>
internal static class FeatureContent
{
    public const string Name = "features";

    /// <summary>By the data's share of the value, the probability below which a constant feature is no chance.</summary>
    private const double Chance = 1e-6;

    /// <summary>Fewer events of a file say nothing.</summary>
    private const int FewestEvents = 20;

    /// <summary>
    /// Different values in as many events of either: above this, one of them is rounded. Normal values in steps of a hundredth of their
    /// width have 5 times fewer, in steps of a thousandth 1.5 times.
    /// </summary>
    private const double ToleratedGranularity = 3;

    /// <summary>Share of missing values in one where the other has none.</summary>
    private const double ToleratedMissing = 0.01;

    /// <summary>Steps of single precision between the quartiles: of fewer, what is between them is rounded away.</summary>
    private const double FewestSteps = 100;

    /// <summary>
    /// Share of the events that have a single value in one of two samples, where the other has it in a tenth as many at most: no weight
    /// makes the one like the other, and a cut as tight as that takes nothing else.
    /// </summary>
    private const double ToleratedAlone = 0.005;

    private const double AsGoodAsNone = 0.1;

    // What is the template as it is has a check of its own, in every window (BackgroundLikeness).
    private static readonly InputRole[] Compared = [InputRole.MonteCarlo, InputRole.Simulation];

    private static readonly InputRole[] Backgrounds = [InputRole.MonteCarlo, InputRole.Simulation, InputRole.IdealBackground];

    /// <exception cref="InputDataException">A feature that one file of a background sample does not fill.</exception>
    public static void Refuse(SearchInputs inputs)
    {
        var empty = inputs.Tables.Where(entry => Backgrounds.Contains(entry.Key))
            .SelectMany(entry => NotFilled(entry.Key, entry.Value, inputs.Data)).FirstOrDefault();
        if (empty.Words is { } words)
        {
            throw new InputDataException($"{words}; give a file that has it, or leave it out of --features");
        }
    }

    /// <summary>One result for the data, the Monte Carlo, the simulation and the signal.</summary>
    public static IEnumerable<CheckResult> Of(SearchInputs inputs)
    {
        var data = inputs.Data;
        var features = Enumerable.Range(0, data.FeatureNames.Count).ToArray();
        FeatureValues[] ofData = [.. features.Select(f => FeatureValues.Of(data.Feature(f)))];
        var constant = features.Where(f => ofData[f].IsConstant).Select(f => Result(
            InputRole.Data,
            data.FeatureNames[f],
            string.Create(
                CultureInfo.InvariantCulture,
                $"data: feature '{data.FeatureNames[f]}' is {ofData[f].Lowest:R} in all {data.Count} events; leave it out")));
        var coarse = features.Where(f => !ofData[f].IsConstant)
            .Select(f => (Name: data.FeatureNames[f], Kept: FeatureValues.Precision(data.Feature(f))))
            .Where(feature => feature.Kept is var (_, width, step) && width > 0 && width < FewestSteps * step)
            .Select(feature => Result(
                InputRole.Data,
                feature.Name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"data: feature '{feature.Name}' is about {feature.Kept.Median:G6}, where single precision, which features are kept "
                    + $"in, has steps of {feature.Kept.Step:G2}; the middle half of the events is {feature.Kept.Width:G2} wide: "
                    + $"subtract its offset")));
        var empty = NotFilled(InputRole.Data, data, data).Where(entry => !ofData[entry.Feature].IsConstant)
            .Select(entry => Result(
                InputRole.Data, data.FeatureNames[entry.Feature], entry.Words + ": files of one sample need the same content"));
        foreach (var result in OrGood(InputRole.Data, constant.Concat(coarse).Concat(empty), "data: every feature varies"))
        {
            yield return result;
        }

        foreach (var (role, events) in inputs.Tables.Where(entry => Compared.Contains(entry.Key)))
        {
            var files = string.Join(", ", events.Sources.Select(source => source.Name));
            var different = features.Where(f => !ofData[f].IsConstant)
                .Select(f => (Name: data.FeatureNames[f], Words: Difference(events.Features[f], data.Features[f])))
                .Where(feature => feature.Words is not null)
                .Select(feature => Result(role, feature.Name, $"{role.Name}, {files}: feature '{feature.Name}' {feature.Words}"));
            foreach (var result in OrGood(role, different, $"{role.Name}: its features have the range and the granularity of the data's"))
            {
                yield return result;
            }
        }

        // A signal may be unlike the data in anything but this.
        if (inputs.Tables.TryGetValue(InputRole.Signal, out var signal))
        {
            var unlike = NotFilled(InputRole.Signal, signal, data)
                .Concat(features.Where(f => !ofData[f].IsConstant)
                    .Select(f => (Feature: f, Words: OtherRange(FeatureValues.Of(signal.Feature(f)), ofData[f])))
                    .Where(entry => entry.Words is not null)
                    .Select(entry => (entry.Feature, Words: $"signal: feature '{data.FeatureNames[entry.Feature]}' {entry.Words}")))
                .DistinctBy(entry => entry.Feature)
                .Select(entry => Result(InputRole.Signal, data.FeatureNames[entry.Feature], entry.Words));
            foreach (var result in OrGood(InputRole.Signal, unlike, "signal: its features vary, in the range of the data's"))
            {
                yield return result;
            }
        }
    }

    // Files whose feature has one value, which the data's hardly have.
    private static IEnumerable<(int Feature, string Words)> NotFilled(InputRole role, EventTable events, EventTable data)
    {
        for (var f = 0; f < data.FeatureNames.Count; f++)
        {
            foreach (var (source, value, count) in FeatureValues.Constant(events, f))
            {
                var share = FeatureValues.ShareOf(data.Feature(f), value);
                if (count >= FewestEvents && share < 1 && count * Math.Log(share) < Math.Log(Chance))
                {
                    yield return (f, string.Create(
                        CultureInfo.InvariantCulture,
                        $"{role.Name}: feature '{data.FeatureNames[f]}' is {value:R} in all {count} events of {source}, "
                        + $"and in {100 * share:0.#} % of those of data"));
                }
            }
        }
    }

    private static string? OtherRange(FeatureValues own, FeatureValues data) =>
        own.Highest < data.Lowest || own.Lowest > data.Highest
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"runs from {own.Lowest:G6} to {own.Highest:G6}, and that of data from {data.Lowest:G6} to {data.Highest:G6}: "
                + $"are the units the same?")
            : null;

    // A value that many events have in one of them and next to none in the other.
    private static string? Alone(ReadOnlyMemory<float> values, ReadOnlyMemory<float> data)
    {
        foreach (var value in FrequentValues.Of(values, data))
        {
            var (own, other) = (FeatureValues.ShareOf(values.Span, value), FeatureValues.ShareOf(data.Span, value));
            if (Math.Max(own, other) > ToleratedAlone && Math.Min(own, other) < AsGoodAsNone * Math.Max(own, other))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"is {FrequentValues.Words(value)} in {100 * own:0.#} % of its events, and in {100 * other:0.#} % of those of data");
            }
        }

        return null;
    }

    private static string? Difference(ReadOnlyMemory<float> column, ReadOnlyMemory<float> ofData)
    {
        var values = column.Span;
        var data = ofData.Span;
        var (own, other) = (FeatureValues.Of(values), FeatureValues.Of(data));
        var count = Math.Min(values.Length, data.Length);
        var (some, others) = (FeatureValues.Different(values, count), FeatureValues.Different(data, count));
        return OtherRange(own, other) is { } words ? words
            : Math.Max(some, others) > ToleratedGranularity * Math.Min(some, others)
            ? $"has {some} different values where as many events of data have {others}: is it rounded in one of them?"
            : (own.Missing == 0 && other.Missing > ToleratedMissing) || (other.Missing == 0 && own.Missing > ToleratedMissing)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"is missing in {100 * own.Missing:0.#} % of its events, and in {100 * other.Missing:0.#} % of those of data")
            : Alone(column, ofData);
    }

    private static IEnumerable<CheckResult> OrGood(InputRole role, IEnumerable<CheckResult> amiss, string good) =>
        amiss.DefaultIfEmpty(Result(role, null, good));

    private static CheckResult Result(InputRole role, string? feature, string reason) => new(
        Name, role.Name, null, feature, null, null, null, feature is null ? CheckResult.Ok : CheckResult.Warning, reason);
}
