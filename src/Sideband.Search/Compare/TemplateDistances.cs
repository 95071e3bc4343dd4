using Sideband.Events;
using Sideband.Inference.Metrics;
using Sideband.Search.Results;

namespace Sideband.Search.Compare;

/// <summary>Kolmogorov-Smirnov distances of templates to true background and to each other.</summary>
internal static class TemplateDistances
{
    /// <summary>How true background is called among the samples.</summary>
    public const string Background = "background";

    /// <param name="templates">One a method.</param>
    /// <param name="truth">True background.</param>
    /// <param name="seed">Of its halves.</param>
    public static IReadOnlyList<TemplateDistanceResult> Of(IReadOnlyList<TemplateSample> templates, TrueBackground truth, ulong seed)
    {
        var found = new List<TemplateDistanceResult>();
        if (truth.Events is not null)
        {
            found.AddRange(templates.Select(
                template => Between(template.Name, template.Events, template.Result.Reason, Background, truth.Events)));
            var (first, second) = truth.Parts(seed, 1);
            found.Add(Between(Background, first, null, Background, second));
        }

        for (var i = 0; i < templates.Count; i++)
        {
            for (var j = i + 1; j < templates.Count; j++)
            {
                var (first, second) = (templates[i], templates[j]);
                found.Add(Between(
                    first.Name, first.Events, first.Result.Reason ?? second.Result.Reason, second.Name, second.Events));
            }
        }

        return found;
    }

    private static TemplateDistanceResult Between(
        string firstName, EventTable? first, string? reason, string secondName, EventTable? second)
    {
        var problem = first is null || second is null ? reason
            : first.Count == 0 || second.Count == 0 ? "no events"
            : Problem(first) ?? Problem(second);
        return problem is null
            ? new TemplateDistanceResult(
                firstName,
                secondName,
                [
                    .. first!.FeatureNames.Select((name, f) => new FeatureDistance(
                        name, KolmogorovSmirnov.Statistic(first.Feature(f), second!.Feature(f), first.Weights, second.Weights))),
                ],
                null)
            : new TemplateDistanceResult(firstName, secondName, [], problem);
    }

    /// <summary>Says that a sample has negative weights; null where it has none.</summary>
    public static string? NegativeWeights(EventTable events) =>
        events.Weights.ContainsAnyInRange(double.NegativeInfinity, -double.Epsilon)
            ? "negative weights: they are no distribution"
            : null;

    /// <summary>Why a sample has no distributions of its features; null where it has.</summary>
    public static string? Problem(EventTable events)
    {
        if (NegativeWeights(events) is { } negative)
        {
            return negative;
        }

        for (var f = 0; f < events.FeatureNames.Count; f++)
        {
            foreach (var value in events.Feature(f))
            {
                if (float.IsNaN(value))
                {
                    return $"missing values of {events.FeatureNames[f]}";
                }
            }
        }

        return null;
    }
}
