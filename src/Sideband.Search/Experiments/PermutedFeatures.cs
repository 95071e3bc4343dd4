using Sideband.Events;
using Sideband.Numerics;
using Sideband.Templates;

namespace Sideband.Search.Experiments;

/// <summary>
/// The data with their feature vectors permuted against the masses, over the whole range: mass and features are then independent, and all
/// windows share one null hypothesis.
/// </summary>
public sealed record PermutedFeatures : ExperimentSource
{
    public override EventTable Events(Func<InputRole, EventTable> inputs, Func<string, RandomStream> stream)
    {
        var data = inputs(InputRole.Data);
        int[] order = [.. Enumerable.Range(0, data.Count)];
        stream("events").Shuffle<int>(order);
        return data.WithContentOf(data.WithFeatureRows(), order);
    }

    public override string? Refuse(ITemplateMethod method) => PermutedLabels.NotExchangeable(method)
        ?? (method.Traits.RepeatableOnPseudoData
            ? null
            : $"the template of method '{method.Name}' is not made of the data, so that permuting data over all windows says nothing; "
                + "permute within windows");
}
