namespace Sideband.Reporting.Exports;

/// <summary>What is exported, and what no file of a run tells.</summary>
/// <param name="Pyhf">Workspaces.</param>
/// <param name="HepData">A submission.</param>
public sealed record ExportOptions(bool Pyhf, bool HepData)
{
    /// <summary>Unit of the mass; null where it is not known.</summary>
    public string? Unit { get; init; }

    /// <summary>Energy of the collisions, GeV, above 0; null where it is not known.</summary>
    public double? Energy { get; init; }

    /// <summary>The reaction in HEPData's words; null where it is not known.</summary>
    public string? Reaction { get; init; }
}
