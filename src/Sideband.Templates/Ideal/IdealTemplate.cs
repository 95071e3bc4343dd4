using Sideband.Events;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Ideal;

/// <summary>
/// The idealised anomaly detector: simulated background of the same distribution as the data's, in the signal region. It is the
/// best that any template can do, and needs a perfect simulation.
/// </summary>
public sealed class IdealTemplate : ITemplateMethod
{
    public string Name => "ideal";

    public MethodTraits Traits { get; } = new() { DefaultSystematics = "zero", StandsMassDependence = true, StandsTurnOn = true };

    public StageReads PreparationReads { get; } =
        StageReads.Searched.And(InputRole.IdealBackground).Option<ClassifierOptions>();

    public void Require(IMethodInputs inputs)
    {
        if (!inputs.Has(InputRole.IdealBackground))
        {
            throw new ConfigurationException(
                "ideal_background: method 'ideal' needs a background sample of the data's own distribution; give --ideal-background FILE");
        }
    }

    public TemplateSize Size(IEventCounts counts, MassWindow window, IOptionSource options) =>
        new(counts.In(InputRole.IdealBackground, window.SignalRegion));

    public PreparedSample Prepare(IStageInputs inputs)
    {
        var background = inputs.Events(InputRole.IdealBackground);
        return PreparedSamples.Given(inputs, background.In(inputs.Window.SignalRegion));
    }
}
