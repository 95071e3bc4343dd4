using Sideband.Events;
using Sideband.Learning.Densities;

namespace Sideband.Templates.Supervised;

/// <summary>
/// The upper reference: a separate signal sample against background. The background is the ideal background where one is given,
/// else the data's own events of label 0.
/// </summary>
public sealed class SupervisedTemplate : ITemplateMethod
{
    public string Name => "supervised";

    public DefaultSystematics DefaultSystematics => DefaultSystematics.Zero;

    public bool RepeatableOnMonteCarlo => false;

    public bool StandsMassDependence => true;

    public void Require(TemplateInputs inputs)
    {
        if (inputs.Signal is null)
        {
            throw new ConfigurationException("signal: method 'supervised' needs signal events; give --signal FILE, or --inject FILE:N whose other rows are taken");
        }

        if (inputs.IdealBackground is null && !inputs.Data.HasLabels)
        {
            throw new ConfigurationException("ideal_background: method 'supervised' needs known background; give --ideal-background FILE, or data with a label column");
        }
    }

    public IPreparedMethod Prepare(TemplateInputs inputs, MassWindow window, IConditionalDensity? density)
    {
        var signal = inputs.Signal!;
        return new GivenTemplate(Background(inputs, window), signal.Select(signal.IndicesIn(window.SignalRegion)));
    }

    private static EventTable Background(TemplateInputs inputs, MassWindow window)
    {
        if (inputs.IdealBackground is { } background)
        {
            return background.Select(background.IndicesIn(window.SignalRegion));
        }

        var data = inputs.Data;
        return data.Select([.. data.IndicesIn(window.SignalRegion).Where(index => data.Labels[index] == 0)]);
    }
}
