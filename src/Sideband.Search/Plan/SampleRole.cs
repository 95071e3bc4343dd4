namespace Sideband.Search.Plan;

/// <summary>The sample that the whole chain is run on.</summary>
public enum SampleRole
{
    /// <summary>The searched events.</summary>
    Data,

    /// <summary>Pseudo-data, for the Monte Carlo estimate of delta_sys.</summary>
    MonteCarlo,
}

internal static class SampleRoleNames
{
    /// <summary>The sample in names of units and random streams.</summary>
    public static string Name(this SampleRole sample) => sample == SampleRole.Data ? "data" : "mc";
}
