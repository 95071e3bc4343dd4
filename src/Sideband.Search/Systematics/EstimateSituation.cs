using Sideband.Templates;

namespace Sideband.Search.Systematics;

/// <summary>What an estimate must know to say whether it can be made.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Traits">What it can do.</param>
/// <param name="Asked">The estimate's name.</param>
/// <param name="Blind">True where signal-region data are not scored.</param>
/// <param name="ReadsSimulation">True where the method makes simulation like data.</param>
/// <param name="Inputs">The inputs that there are.</param>
public sealed record EstimateSituation(
    string Method, MethodTraits Traits, string Asked, bool Blind, bool ReadsSimulation, IMethodInputs Inputs);
