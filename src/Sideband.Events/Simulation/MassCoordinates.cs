using Sideband.Numerics;

namespace Sideband.Events.Simulation;

/// <summary>
/// The two smooth functions of the mass that features may depend on: u = (ln m - centre)/scale, and a logistic step
/// h = 1/(1 + exp(-(ln m - step centre)/step width)), which lies at the turn-on of the background's spectrum.
/// </summary>
internal sealed record MassCoordinates(double Centre, double Scale, double StepCentre, double StepWidth)
{
    /// <summary>u and h of a mass in TeV, above 0.</summary>
    public (double U, double H) Of(double mass)
    {
        var logMass = PortableMath.Log(mass);
        return ((logMass - Centre) / Scale, 1 / (1 + PortableMath.Exp(-(logMass - StepCentre) / StepWidth)));
    }
}
