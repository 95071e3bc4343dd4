namespace Sideband.Templates;

/// <summary>What inputs a search has.</summary>
public interface IMethodInputs
{
    /// <summary>True where a role has events.</summary>
    bool Has(InputRole role);

    /// <summary>True where a role has events whose labels are known.</summary>
    bool HasLabels(InputRole role);

    /// <summary>True where a role has events with weights.</summary>
    bool HasWeights(InputRole role);

    /// <summary>True where a role has events with weights below 0.</summary>
    bool HasNegativeWeights(InputRole role);
}
