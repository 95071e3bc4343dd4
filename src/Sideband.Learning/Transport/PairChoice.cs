namespace Sideband.Learning.Transport;

/// <summary>How the source events of a group of targets are chosen.</summary>
internal enum PairChoice
{
    /// <summary>Of nearly the same mass: the transport changes the features at one mass.</summary>
    NearestMass,

    /// <summary>Of nearly one other mass, anywhere outside of the signal region: the transport carries events from mass to mass.</summary>
    AnyMass,
}
