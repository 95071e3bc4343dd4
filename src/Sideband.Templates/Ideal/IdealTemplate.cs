using Sideband.Events;
using Sideband.Learning.Densities;

namespace Sideband.Templates.Ideal;

/// <summary>
/// The idealised anomaly detector: simulated background of the same distribution as the data's, in the signal region. It is the
/// best that any template can do, and needs a perfect simulation.
/// </summary>
public sealed class IdealTemplate : ITemplateMethod
{
    public string Name => "ideal";

    public DefaultSystematics DefaultSystematics => DefaultSystematics.Zero;

    public bool RepeatableOnMonteCarlo => false;

    public bool StandsMassDependence => true;

    public void Require(TemplateInputs inputs)
    {
        if (inputs.IdealBackground is null)
        {
            throw new ConfigurationException("ideal_background: method 'ideal' needs a background sample of the data's own distribution; give --ideal-background FILE");
        }
    }

    public IPreparedMethod Prepare(TemplateInputs inputs, MassWindow window, IConditionalDensity? density)
    {
        var background = inputs.IdealBackground!;
        return new GivenTemplate(background.Select(background.IndicesIn(window.SignalRegion)));
    }
}
