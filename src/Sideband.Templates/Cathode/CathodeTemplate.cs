using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates.Learned;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Cathode;

/// <summary>
/// CATHODE (arXiv:2109.00546): p(x | m) is learned on the long sidebands and sampled in the signal region at masses of the data's
/// spectrum. Right for features that depend on the mass as far as the density is right between the sidebands.
/// </summary>
public sealed class CathodeTemplate : LearnedTemplate
{
    public override string Name => "cathode";

    public override StageReads ReferenceReads { get; } = StageReads.Nothing.Stage(DensityStage.StageName).Option<IDensityEngine>();

    public override EventTable Draw(EventTable like, IConditionalDensity density, double[] masses, RandomStream stream) =>
        DrawnEvents.Of(like, density, masses, stream);

    public override IReferenceView? PrepareReferenceView(IStageInputs inputs, double mass)
    {
        var (density, ofThreshold) = inputs.Product<DensityProduct>(DensityStage.StageName).LoadBoth(inputs.Densities);
        return new ReferenceView(density, ofThreshold, mass);
    }

    // x' = f^-1(f(x; m); m'): to the latent variables at the event's own mass, and back at the reference mass m'.
    private sealed class ReferenceView(IConditionalDensity density, IConditionalDensity ofThreshold, double mass) : IReferenceView
    {
        public ScoredView Of(EventTable events) => new(
            events.WithFeatures(density.FromLatent(density.ToLatent(DrawnEvents.Features(events), events.Mass), Masses(events.Count))),
            IsMapped: true);

        public EventTable Draw(EventTable like, int count, RandomStream stream) =>
            DrawnEvents.Of(like, ofThreshold, Masses(count), stream);

        private double[] Masses(int count)
        {
            var masses = new double[count];
            Array.Fill(masses, mass);
            return masses;
        }
    }
}
