namespace Sideband.Events.Simulation;

/// <summary>Which background the dijet simulator draws.</summary>
public enum DijetBackground
{
    /// <summary>Plays the data's background: QCD dijets with the default shower.</summary>
    Default,

    /// <summary>Plays the Monte Carlo: QCD dijets with another shower and hadronisation, alike in how features follow the mass.</summary>
    Alternative,
}
