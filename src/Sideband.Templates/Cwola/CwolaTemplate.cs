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
        var (side, empty) = below > 0 ? ("upper", upper) : ("lower", lower);
        return new TemplateSize(below + above)
        {
            Problem = below > 0 && above > 0 ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"has no events in its {side} sideband [{empty.Low:R}, {empty.High:R}); "
                + $"one side alone says nothing about the middle: choose other windows, a wider mass_range or a wider sideband"),
        };
    }

    public PreparedSample Prepare(IStageInputs inputs)
    {
        var options = inputs.Option<CwolaOptions>();
        var data = inputs.Events(InputRole.Searched);
        var (lowerStrip, upperStrip) = inputs.Window.ShortSidebands(options.SidebandWidth);
        var (lower, upper) = (data.Select(data.IndicesIn(lowerStrip)), data.Select(data.IndicesIn(upperStrip)));
        if (options.Balance == SidebandBalance.Mass)
        {
            var meanMass = SidebandWeights.MeanMass(inputs.Region()).Mean;
            var factors = SidebandWeights.Of(lower, upper, meanMass);
            (lower, upper) = (lower.Scaled(factors.Lower), upper.Scaled(factors.Upper));
        }

        return PreparedSamples.Given(inputs, lower.Concat(upper));
    }
}
