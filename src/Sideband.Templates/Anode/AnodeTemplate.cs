using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;

namespace Sideband.Templates.Anode;

/// <summary>
/// ANODE (arXiv:2001.04990): R(x) = p_SR(x | m)/p_SB(x | m) of two densities, one learned in the signal region, per fold on the other
/// folds, and one on the sidebands. Events drawn from p_SB at signal-region masses and scored with R set the threshold.
/// </summary>
public sealed class AnodeTemplate : LearnedTemplate
{
    public override string Name => "anode";

    public override bool ScoresByLikelihoodRatio => true;

    protected override IPreparedMethod Prepare(EventTable data, IConditionalDensity density) => new Prepared(data, density);

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
