using System.Globalization;
using Sideband.Events;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Cwola;

/// <summary>
/// CWoLa hunting (arXiv:1805.02664, arXiv:1902.02634): the data in the short sidebands stand for the background in the signal
/// region, which is right where the features do not depend on the mass.
/// </summary>
public sealed class CwolaTemplate : ITemplateMethod
{
    public string Name => "cwola";

    public MethodTraits Traits { get; } = new() { DefaultSystematics = "mc", RepeatableOnPseudoData = true };

    public IReadOnlyList<MethodOption> Options { get; } = [CwolaOptions.SidebandBalanceOption];

    public StageReads PreparationReads { get; } = StageReads.Searched.Option<CwolaOptions>().Option<ClassifierOptions>();

    public IReadOnlyList<object> Configure(OptionValues values) => [CwolaOptions.Of(values)];

    public TemplateSize Size(IEventCounts counts, MassWindow window, IOptionSource options)
    {
        var (lower, upper) = window.ShortSidebands(options.Option<CwolaOptions>().SidebandWidth);
        var (below, above) = (counts.In(InputRole.Searched, lower), counts.In(InputRole.Searched, upper));
        string? empty = (below, above) switch
        {
            (0, 0) => "either sideband",
            (0, _) => string.Create(CultureInfo.InvariantCulture, $"its lower sideband [{lower.Low:R}, {lower.High:R})"),
            (_, 0) => string.Create(CultureInfo.InvariantCulture, $"its upper sideband [{upper.Low:R}, {upper.High:R})"),
            _ => null,
        };
        return new TemplateSize(below + above)
        {
            Problem = empty is null
                ? null
                : $"has no events in {empty}; one side alone says nothing about the middle: "
                    + "give other windows, or a wider mass_range or sideband",
        };
    }

    public PreparedSample Prepare(IStageInputs inputs)
    {
        var options = inputs.Option<CwolaOptions>();
        var data = inputs.Events(InputRole.Searched);
        var (lowerStrip, upperStrip) = inputs.Window.ShortSidebands(options.SidebandWidth);
        var (lower, upper) = (data.In(lowerStrip), data.In(upperStrip));
        var both = lower.Concat(upper);
        if (options.Balance == SidebandBalance.Mass)
        {
            if (SidebandWeights.Of(lower, upper, inputs.Region(), out var problem) is not { } factors)
            {
                return PreparedSamples.Failed(problem!, inputs.Region());
            }

            var weights = both.WeightOfEach();
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] *= i < lower.Count ? factors.Lower : factors.Upper;
            }

            both = both.WithWeights(weights);
        }

        return PreparedSamples.Given(inputs, both);
    }
}
