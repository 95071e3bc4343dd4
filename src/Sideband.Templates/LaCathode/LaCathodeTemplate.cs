using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;

namespace Sideband.Templates.LaCathode;

/// <summary>
/// LaCATHODE (arXiv:2210.14924): the sidebands' flow maps the events to z = f(x; m), in which the background is N(0, 1)^d at every
/// mass. The classifier compares the signal region's data with that, and its score does not sculpt the mass spectrum.
/// </summary>
public sealed class LaCathodeTemplate : LearnedTemplate
{
    public override string Name => "lacathode";

    protected override IPreparedMethod Prepare(EventTable data, IConditionalDensity density) => new Prepared(data, density);

    private sealed class Prepared(EventTable data, IConditionalDensity density) : IPreparedMethod
    {
        public EventTable Map(EventTable events) =>
            DrawnEvents.WithFeatures(events, density.ToLatent(DrawnEvents.Features(events), events.Mass));

        public EventTable Unmap(EventTable drawn) =>
            DrawnEvents.WithFeatures(drawn, density.FromLatent(DrawnEvents.Features(drawn), drawn.Mass));

        public BackgroundTemplate Sample(RandomStream stream, double[] masses)
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

            return new(DrawnEvents.Table(data, masses, latent), null, Folded: false);
        }
    }
}
