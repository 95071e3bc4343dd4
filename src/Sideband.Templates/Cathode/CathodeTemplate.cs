using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;

namespace Sideband.Templates.Cathode;

/// <summary>
/// CATHODE (arXiv:2109.00546): p(x | m) is learned on the long sidebands and sampled in the signal region at masses of the data's
/// spectrum. Right for features that depend on the mass as far as the density is right between the sidebands.
/// </summary>
public sealed class CathodeTemplate : LearnedTemplate
{
    public override string Name => "cathode";

    protected override IPreparedMethod Prepare(EventTable data, IConditionalDensity density) => new Prepared(data, density);

    private sealed class Prepared(EventTable data, IConditionalDensity density) : IPreparedMethod
    {
        public BackgroundTemplate Sample(RandomStream stream, double[] masses) =>
            new(DrawnEvents.Table(data, masses, density.Sample(masses, stream)), null, Folded: false);
    }
}
