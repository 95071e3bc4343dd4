using System.Text.Json.Serialization;
using Sideband.Events;
using Sideband.Numerics;
using Sideband.Templates;

namespace Sideband.Search.Experiments;

/// <summary>
/// The data with their feature vectors permuted against the masses, over the whole range: mass and features are then independent, and all
/// windows share one null hypothesis. The number of copies of an event stays at its mass.
/// </summary>
public sealed record PermutedFeatures : ExperimentSource
{
    /// <summary>What is moved; copies stay together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public CopyExchange Exchange { get; init; }

    [JsonIgnore]
    public override bool HasCopies => Exchange != CopyExchange.Rows;

    public override EventTable Events(Func<InputRole, EventTable> inputs, Func<string, RandomStream> stream)
    {
        var data = inputs(InputRole.Data);
        return data.WithContentOf(data.WithFeatureRows(), CopyBlocks.Shuffle(data.Identity, Exchange, stream("events")));
    }

    public override string? Refuse(ITemplateMethod method) => PermutedLabels.NotExchangeable(method)
        ?? (method.Traits.RepeatableOnPseudoData
            ? null
            : $"the template of method '{method.Name}' is not made of the data, so that permuting data over all windows says nothing; "
                + "permute within windows");
}
