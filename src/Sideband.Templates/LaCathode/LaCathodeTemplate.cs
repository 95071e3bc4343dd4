using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates.Learned;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.LaCathode;

/// <summary>
/// LaCATHODE (arXiv:2210.14924): the sidebands' flow maps the events to z = f(x; m), in which the background is N(0, 1)^d at every
/// mass. The classifier compares the signal region's data with that, and its score does not sculpt the mass spectrum.
/// </summary>
public sealed class LaCathodeTemplate : LearnedTemplate
{
    private MethodTraits? _traits;

    public override string Name => "lacathode";

    public override MethodTraits Traits => _traits ??= base.Traits with { JoinsTemplates = false };

    public override StageReads ViewReads { get; } = StageReads.Nothing.Stage(DensityStage.StageName).Option<IDensityEngine>();

    public override EventTable Draw(EventTable like, IConditionalDensity density, double[] masses, RandomStream stream)
    {
        var latent = new float[density.FeatureCount][];
        for (var f = 0; f < latent.Length; f++)
        {
            latent[f] = new float[masses.Length];
        }

        for (var i = 0; i < masses.Length; i++)
        {
            foreach (var column in latent)
            {
                column[i] = (float)stream.NextGaussian();
            }
        }

        return DrawnEvents.Table(like, masses, latent);
    }

    public override IEventView ViewBy(IConditionalDensity density) => new LatentView(density);

    public override IEventView PrepareView(IStageInputs inputs) =>
        new LatentView(inputs.Product<DensityProduct>(DensityStage.StageName).Load(inputs.Densities));

    private sealed class LatentView(IConditionalDensity density) : IEventView
    {
        public ScoredView Of(EventTable events) =>
            new(events.WithFeatures(density.ToLatent(DrawnEvents.Features(events), events.Mass)), IsMapped: true);

        public EventTable Unmap(EventTable drawn) =>
            drawn.WithFeatures(density.FromLatent(DrawnEvents.Features(drawn), drawn.Mass));
    }
}
