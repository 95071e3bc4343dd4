using Sideband.Events;
using Sideband.Learning.Densities;

namespace Sideband.Templates;

/// <summary>
/// A method that learns p(x | m) of the long sidebands: it needs nothing but the searched sample, so the whole chain can be repeated on
/// pseudo-data, its template can be drawn in the sidebands too, and the features may depend on the mass.
/// </summary>
public abstract class LearnedTemplate : ITemplateMethod
{
    public abstract string Name { get; }

    public DefaultSystematics DefaultSystematics => DefaultSystematics.MonteCarloAndSideband;

    public bool RepeatableOnMonteCarlo => true;

    public bool StandsMassDependence => true;

    public DensityKind? DefaultDensity => DensityKind.FlowMatching;

    public virtual bool ScoresByLikelihoodRatio => false;

    public void Require(TemplateInputs inputs)
    {
    }

    public IPreparedMethod Prepare(TemplateInputs inputs, MassWindow window, IConditionalDensity? density) => Prepare(inputs.Data, density!);

    /// <summary>The method's functions for one window.</summary>
    /// <param name="data">The searched sample.</param>
    /// <param name="density">p(x | m) of the window's long sidebands.</param>
    protected abstract IPreparedMethod Prepare(EventTable data, IConditionalDensity density);
}
