using Sideband.Numerics;

namespace Sideband.Templates.Anode;

/// <summary>The score R = p_SR/p_SB, brought into [0, 1].</summary>
public static class LikelihoodRatio
{
    /// <summary>R/(1 + R), which rises with R; 0 (an event that never passes) where R is not finite.</summary>
    /// <param name="logSignalRegion">ln p_SR(x | m).</param>
    /// <param name="logSideband">ln p_SB(x | m).</param>
    /// <param name="isFinite">False where R is not finite: either density is zero or undefined.</param>
    public static float Score(double logSignalRegion, double logSideband, out bool isFinite)
    {
        var logRatio = logSignalRegion - logSideband;
        isFinite = double.IsFinite(logRatio);
        return isFinite ? (float)(1 / (1 + PortableMath.Exp(Math.Clamp(-logRatio, -700, 700)))) : 0;
    }
}
