using Sideband.Events;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Curtains;

/// <summary>
/// CURTAINs (arXiv:2203.09470, arXiv:2305.04646): the sidebands' own events, carried to the masses of the signal region by a transport
/// between masses that was learned outside of it, by flow matching between events or by splines under a density of the sidebands.
/// </summary>
public sealed class CurtainsTemplate : ITemplateMethod
{
    public string Name => "curtains";

    public MethodTraits Traits { get; } = new()
    {
        DefaultSystematics = "mc+strips",
        RepeatableOnPseudoData = true,
        StandsMassDependence = true,
        InterpolatesInMass = true,
        TakesMissingValues = false,
        TakesWeights = false,
        IsExchangeable = false,
    };

    public IReadOnlyList<MethodOption> Options { get; } = [TransportRecipes.Option, CurtainsOptions.SidebandsOption];

    public IReadOnlyList<IStage> Stages { get; } = [new CurtainsTransportStage(), new CurtainsQualityStage(), new CurtainsImageStage()];

    public StageReads PreparationReads { get; } =
        StageReads.Searched.Option<ClassifierOptions>().Stage(CurtainsImageStage.StageName);

    public IReadOnlyList<object> Configure(OptionValues values) => [CurtainsOptions.Of(values)];

    public TemplateSize Size(IEventCounts counts, MassWindow window, IOptionSource options)
    {
        var (lower, upper) = options.Option<CurtainsOptions>().Of(window);
        var (below, above) = (counts.In(InputRole.Searched, lower), counts.In(InputRole.Searched, upper));
        return new TemplateSize(below + above)
        {
            Learned = below + above,
            Problem = below == 0 || above == 0
                ? $"has no events {(below == 0 ? "below" : "above")} it that could be carried into it; "
                    + "give other windows, or a wider mass_range or transport_sidebands"
                : null,
        };
    }

    public PreparedSample Prepare(IStageInputs inputs)
    {
        var images = inputs.Product<ImageProduct>(CurtainsImageStage.StageName);
        if (images.Failure is { } reason)
        {
            return PreparedSamples.Failed(reason, inputs.Region());
        }

        // An image has its source's identity, and so its fold: no event trains through one image and sets a threshold through another.
        var events = inputs.Events(InputRole.Searched);
        return PreparedSamples.Given(inputs, images.Training.Carried(events), null, images.Threshold?.Carried(events)) with
        {
            LeftOut = images.WithoutImage,
        };
    }
}
