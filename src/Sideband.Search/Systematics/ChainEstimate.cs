using Sideband.Events;

namespace Sideband.Search.Systematics;

/// <summary>The whole chain on a signal-free sample (arXiv:2411.00085, section 3): pseudo-data, or the data's own sidebands.</summary>
public sealed record ChainEstimate(string Name, ChainSample Sample) : ShiftEstimate(Name)
{
    /// <summary>The chain on simulation (section 3.1).</summary>
    public static ChainEstimate MonteCarlo { get; } = new("mc", ChainSample.MonteCarlo);

    /// <summary>A template made in the sidebands against sideband data (section 3.2).</summary>
    public static ChainEstimate Sideband { get; } = new("sideband", ChainSample.Sideband);

    public override IReadOnlyList<ChainSample> Samples => [Sample];

    public override bool HasSpread => true;

    public override void Require(EstimateSituation situation)
    {
        var (method, traits) = (situation.Method, situation.Traits);
        var others = "labels, none, or one number per working point";
        if (Sample.OutsideOfRegion && !traits.DrawsAtAnyMass)
        {
            throw new ConfigurationException($"systematics: '{situation.Asked}' needs a method that can make a template in the sidebands; "
                + $"with method '{method}' allowed: {(traits.RepeatableOnPseudoData ? "mc, " : "")}{others}");
        }

        if (!Sample.OutsideOfRegion && !traits.RepeatableOnPseudoData)
        {
            throw new ConfigurationException($"systematics: 'mc' needs a method whose template is made of the searched sample; "
                + $"with method '{method}' allowed: {others}");
        }

        if (!situation.Inputs.Has(Sample.Source))
        {
            throw new ConfigurationException(traits.DrawsAtAnyMass && situation.Asked != "mc"
                ? $"mc: method '{method}' estimates delta_sys by Monte Carlo and in the sidebands; "
                    + $"give --mc FILE, or --systematics with sideband, {others}"
                : $"mc: method '{method}' estimates delta_sys by Monte Carlo; give --mc FILE, or --systematics with {others}");
        }
    }

    public override EstimatedShift Of(EstimateCounts counts) => EstimatedShift.Over(Name, counts.Of(Sample));
}
