using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>
/// Signal in a spectrum: fit with S free against fit with S = 0 (Cowan, Cranmer, Gross, Vitells, arXiv:1007.1727). All undefined, with one
/// reason, where a fit failed.
/// </summary>
/// <param name="Status">Of the fit with S free.</param>
/// <param name="Signal">S, events in the range of the fit; negative for a deficit.</param>
/// <param name="Error">Standard error of S, the spurious signal's width included.</param>
/// <param name="LikelihoodRatio">-2 ln (L(S = 0)/L(S)), at least 0, whatever the sign of S.</param>
/// <param name="Q0">Test statistic of a discovery: the likelihood ratio where S is above 0, else 0.</param>
/// <param name="Significance">Z: root of the likelihood ratio with the sign of S.</param>
/// <param name="PValue">Upper normal tail of Z: the local p-value, asymptotic.</param>
/// <param name="Free">The fit with S free.</param>
/// <param name="BackgroundOnly">The fit with S = 0.</param>
public sealed record SignalFit(
    FitStatus Status,
    Measured Signal,
    Measured Error,
    Measured LikelihoodRatio,
    Measured Q0,
    Measured Significance,
    Measured PValue,
    BinnedFit Free,
    BinnedFit BackgroundOnly)
{
    /// <summary>Fits a spectrum with and without signal.</summary>
    /// <param name="model">Has a signal.</param>
    /// <param name="counts">Events of every bin.</param>
    /// <param name="spurious">Width of the spurious signal, events (<see cref="BiasTest"/>); 0 for none.</param>
    /// <param name="start">A fit of the same model to start from.</param>
    public static SignalFit Of(BinnedModel model, ReadOnlySpan<double> counts, double spurious = 0, BinnedFit? start = null)
    {
        var background = model.Fit(counts, new SignalConstraint(0, spurious), start);
        var free = model.Fit(counts, SignalConstraint.Free, background);
        var status = background.Status.Converged ? free.Status : background.Status;
        if (!status.Converged)
        {
            var none = Measured.Undefined(status.Reason!);
            return new SignalFit(status, none, none, none, none, none, none, free, background);
        }

        var ratio = Math.Max(0, background.Deviance - free.Deviance);
        var z = Math.CopySign(Math.Sqrt(ratio), free.Signal);
        return new SignalFit(
            status,
            Measured.Of(free.Signal),
            Measured.Of(Math.Sqrt((free.SignalError * free.SignalError) + (spurious * spurious))),
            Measured.Of(ratio),
            Measured.Of(free.Signal > 0 ? ratio : 0),
            Measured.Of(z),
            Measured.Of(NormalDistribution.UpperTail(z)),
            free,
            background);
    }
}
