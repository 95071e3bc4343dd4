using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;

namespace Sideband.Templates.Anode;

/// <summary>
/// ANODE (arXiv:2001.04990): R(x) = p_SR(x | m)/p_SB(x | m) of two densities, one learned in the signal region, per fold on the other
/// folds, and one on the sidebands. Events drawn from p_SB at signal-region masses and scored with R set the threshold.
/// </summary>
public sealed class AnodeTemplate : ITemplateMethod
{
    public string Name => "anode";

    public DefaultSystematics DefaultSystematics => DefaultSystematics.MonteCarloAndSideband;

    public bool RepeatableOnMonteCarlo => true;

    public bool StandsMassDependence => true;

    /// <summary>A MAF: R needs the density itself, which costs a MAF one pass and flow matching an integration.</summary>
    public DensityKind? DefaultDensity => DensityKind.Maf;

    public bool ScoresByLikelihoodRatio => true;

    public void Require(TemplateInputs inputs)
    {
    }

    public IPreparedMethod Prepare(TemplateInputs inputs, MassWindow window, IConditionalDensity? density) => new Prepared(inputs.Data, density!);

    private sealed class Prepared(EventTable data, IConditionalDensity density) : IPreparedMethod
    {
        public BackgroundTemplate Sample(RandomStream stream, double[] masses) =>
            new(DrawnEvents.Table(data, masses, density.Sample(masses, stream)), null, Folded: false);

        public double[] LogBackground(EventTable events)
        {
            var logDensity = new double[events.Count];
            density.LogDensity(DrawnEvents.Features(events), events.Mass, logDensity);
            return logDensity;
        }
    }
}
