using Sideband.Events;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Supervised;

/// <summary>
/// The upper reference: a separate signal sample against background. The background is the ideal background where one is given,
/// else the data's own events of label 0.
/// </summary>
public sealed class SupervisedTemplate : ITemplateMethod
{
    public string Name => "supervised";

    public MethodTraits Traits { get; } = new()
    {
        DefaultSystematics = "zero",
        StandsMassDependence = true,
        StandsTurnOn = true,
        IsExchangeable = false,
    };

    public StageReads PreparationReads { get; } =
        StageReads.Searched.And(InputRole.IdealBackground, InputRole.Signal).Option<ClassifierOptions>();

    public void Require(IMethodInputs inputs)
    {
        if (!inputs.Has(InputRole.Signal))
        {
            throw new ConfigurationException(
                "signal: method 'supervised' needs signal events; give --signal FILE, or --inject FILE:N whose other rows are taken");
        }

        if (!inputs.Has(InputRole.IdealBackground) && !inputs.HasLabels(InputRole.Data))
        {
            throw new ConfigurationException(
                "ideal_background: method 'supervised' needs known background; give --ideal-background FILE, or data with a label column");
        }
    }

    public TemplateSize Size(IEventCounts counts, MassWindow window, IOptionSource options)
    {
        var background = counts.Has(InputRole.IdealBackground)
            ? counts.In(InputRole.IdealBackground, window.SignalRegion)
            : counts.In(InputRole.Searched, window.SignalRegion, backgroundOnly: true);
        return new TemplateSize(background) { Target = counts.In(InputRole.Signal, window.SignalRegion) };
    }

    public PreparedSample Prepare(IStageInputs inputs)
    {
        var region = inputs.Window.SignalRegion;
        var signal = inputs.Events(InputRole.Signal);
        return PreparedSamples.Given(inputs, Background(inputs, region), signal.In(region));
    }

    private static EventTable Background(IStageInputs inputs, MassInterval region)
    {
        if (inputs.Has(InputRole.IdealBackground))
        {
            var background = inputs.Events(InputRole.IdealBackground);
            return background.In(region);
        }

        var data = inputs.Events(InputRole.Searched);
        return data.Select([.. data.IndicesIn(region).Where(index => data.Labels[index] == 0)]);
    }
}
