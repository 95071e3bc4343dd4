using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Sideband.Events;
using Sideband.Numerics;
using Sideband.Templates;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Experiments;

/// <summary>
/// Within a window, the feature vectors of data and template are exchanged at random: where background and template have one distribution
/// and there is no signal, every such exchange is as likely as the search itself. Masses and weights stay at their places.
/// </summary>
public sealed record PermutedLabels : ExperimentSource
{
    // One pool for all permutations of a window, so that they share its sorted columns.
    private static readonly ConditionalWeakTable<PreparedSample, EventTable> Pools = [];

    /// <summary>What is moved; copies stay together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public CopyExchange Exchange { get; init; }

    [JsonIgnore]
    public override bool ArrangesWindows => true;

    public override EventTable Events(Func<InputRole, EventTable> inputs, Func<string, RandomStream> stream) => inputs(InputRole.Data);

    public override PreparedSample Arrange(PreparedSample sample, RandomStream stream, ClassifierOptions classifier)
    {
        if (sample.Failure is not null)
        {
            return sample;
        }

        var (region, template) = (sample.Region.Events, sample.Template);
        var pool = Pools.GetValue(sample, PoolOf);
        var order = CopyBlocks.Shuffle(pool.Identity, Exchange, stream);
        var taken = 0;
        EventTable Next(EventTable places)
        {
            taken += places.Count;
            return places.WithContentOf(pool, order.AsSpan(taken - places.Count, places.Count));
        }

        var data = new ScoredView(Next(region), sample.Region.IsMapped);
        var permuted = template with
        {
            Events = Next(template.Events),
            Threshold = template.Threshold is { } threshold ? Next(threshold) : null,
        };
        return new PreparedSample
        {
            Region = data,
            Scored = data,
            Template = permuted,
            Threshold = new ScoredView(permuted.ThresholdEvents, sample.Region.IsMapped),
            Scoring = new ClassifierScoring(data, permuted, classifier),
        };
    }

    private static EventTable PoolOf(PreparedSample sample)
    {
        var pool = sample.Region.Events.Concat(sample.Template.Events);
        return (sample.Template.Threshold is { } more ? pool.Concat(more) : pool).WithFeatureRows();
    }

    public override string? Refuse(ITemplateMethod method) => NotExchangeable(method);

    internal static string? NotExchangeable(ITemplateMethod method) => method.Traits.IsExchangeable
        ? null
        : $"method '{method.Name}' has no template that data can be exchanged with; use experiments from simulation or a density";
}
