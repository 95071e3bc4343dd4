using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates.Learned;

namespace Sideband.Templates.Cathode;

/// <summary>
/// CATHODE (arXiv:2109.00546): p(x | m) is learned on the long sidebands and sampled in the signal region at masses of the data's
/// spectrum. Right for features that depend on the mass as far as the density is right between the sidebands.
/// </summary>
public sealed class CathodeTemplate : LearnedTemplate
{
    public override string Name => "cathode";

    public override EventTable Draw(EventTable like, IConditionalDensity density, double[] masses, RandomStream stream) =>
        DrawnEvents.Table(like, masses, density.Sample(masses, stream));
}
