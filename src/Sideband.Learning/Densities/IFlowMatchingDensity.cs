namespace Sideband.Learning.Densities;

/// <summary>What only a density by flow matching can tell.</summary>
public interface IFlowMatchingDensity : IConditionalDensity
{
    /// <summary>Evaluations of the velocity that the solver makes to sample an event.</summary>
    int Evaluations { get; }
}
