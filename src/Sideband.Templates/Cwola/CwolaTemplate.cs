using Sideband.Events;
using Sideband.Learning.Densities;

namespace Sideband.Templates.Cwola;

/// <summary>
/// CWoLa hunting (arXiv:1805.02664, arXiv:1902.02634): the data in the short sidebands stand for the background in the signal
/// region, which is right where the features do not depend on the mass.
/// </summary>
public sealed class CwolaTemplate : ITemplateMethod
{
    public string Name => "cwola";

    public DefaultSystematics DefaultSystematics => DefaultSystematics.MonteCarlo;

    public bool RepeatableOnMonteCarlo => true;

    public bool StandsMassDependence => false;

    public void Require(TemplateInputs inputs)
    {
    }

    public IPreparedMethod Prepare(TemplateInputs inputs, MassWindow window, IConditionalDensity? density)
    {
        var data = inputs.Data;
        var (lowerStrip, upperStrip) = window.ShortSidebands(inputs.SidebandWidth);
        var (lower, upper) = (data.Select(data.IndicesIn(lowerStrip)), data.Select(data.IndicesIn(upperStrip)));
        if (inputs.SidebandBalance == SidebandBalance.Mass)
        {
            var meanMass = SidebandWeights.MeanMass(data.Select(data.IndicesIn(window.SignalRegion))).Mean;
            var factors = SidebandWeights.Of(lower, upper, meanMass);
            (lower, upper) = (lower.Scaled(factors.Lower), upper.Scaled(factors.Upper));
        }

        return new GivenTemplate(lower.Concat(upper));
    }
}
