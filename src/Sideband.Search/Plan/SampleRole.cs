namespace Sideband.Search.Plan;

/// <summary>The sample that the whole chain is run on.</summary>
public enum SampleRole
{
    /// <summary>The searched events.</summary>
    Data,

    /// <summary>Pseudo-data, for the Monte Carlo estimate of delta_sys.</summary>
    MonteCarlo,

    /// <summary>
    /// The searched events outside of the signal region, cut to N_SR of them at random, against a template drawn at their masses: the
    /// sideband estimate of delta_sys, which never looks into the signal region.
    /// </summary>
    Sideband,
}

internal static class SampleRoleNames
{
    /// <summary>The sample in names of units and random streams.</summary>
    public static string Name(this SampleRole sample) => sample switch
    {
        SampleRole.Data => "data",
        SampleRole.MonteCarlo => "mc",
        _ => "sideband",
    };

    /// <summary>The sample whose events, and whose density, a sample is made from.</summary>
    public static SampleRole Source(this SampleRole sample) => sample == SampleRole.Sideband ? SampleRole.Data : sample;
}
