namespace Sideband.Learning.Networks;

/// <summary>What turns gradients into steps.</summary>
public enum OptimiserKind
{
    /// <summary>Adam, or AdamW where the weight decay is decoupled.</summary>
    Adam,

    /// <summary>Muon for weights between hidden units (<see cref="OrthogonalMomentum"/>), Adam for all others.</summary>
    Muon,
}
