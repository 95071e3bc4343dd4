using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Search.Inputs;
using Sideband.Templates;
using Sideband.Templates.Learned;

namespace Sideband.Search.Experiments;

/// <summary>
/// The data's masses with features drawn from a density p(x | m) of the data, learned without the events of some masses: a density of all
/// masses would learn a signal among them.
/// </summary>
/// <param name="Without">Those masses, the window of the largest S.</param>
public sealed record DrawnFromDensity(MassInterval Without) : ExperimentSource
{
    public override MassInterval? DensityWithout => Without;

    public override double CopiesKept(SearchInputs inputs) => 0;

    public override EventTable Events(Func<InputRole, EventTable> inputs, Func<string, RandomStream> stream) =>
        throw new InvalidOperationException("events of a density are asked for without it");

    /// <exception cref="ConfigurationException">The density gives values that are not finite.</exception>
    public override EventTable Events(
        Func<InputRole, EventTable> inputs, Func<string, RandomStream> stream, IConditionalDensity density)
    {
        var data = inputs(InputRole.Data);
        var features = density.Sample(data.Mass, stream("events"));
        return features.Sum(column => column.Count(value => !float.IsFinite(value))) is > 0 and var bad
            ? throw new ConfigurationException(
                $"--from density: {bad} of {data.Count * features.Length} feature values drawn from it are not finite; "
                + "give experiments from mc or simulator")
            : DrawnEvents.Table(data, data.Mass.ToArray(), features).Canonical().WithEqualEventsApart();
    }

    public override string? Refuse(ITemplateMethod method) => method.Traits.RepeatableOnPseudoData
        ? null
        : $"the template of method '{method.Name}' is not made of the data, so that events of a density of the data say nothing about it";
}
