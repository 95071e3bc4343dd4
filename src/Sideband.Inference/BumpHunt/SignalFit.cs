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
    // In the order of Z.
    private double? SignedRatio => LikelihoodRatio.Value is { } ratio ? Math.CopySign(ratio, Significance.Value!.Value) : null;

    /// <summary>Fits a spectrum with and without signal.</summary>
    /// <param name="model">Has a signal.</param>
    /// <param name="counts">Events of every bin.</param>
    /// <param name="spurious">Width of the spurious signal, events (<see cref="BiasTest"/>); 0 for none.</param>
    /// <param name="start">A fit of the same model to start from.</param>
    public static SignalFit Of(BinnedModel model, ReadOnlySpan<double> counts, double spurious = 0, BinnedFit? start = null) =>
        Of(model, counts, spurious, 0, start);

    /// <summary>
    /// Local p-value by toys of the fit without signal: (1 + toys whose Z is at least as large)/(1 + toys); for a deficit, too, where the
    /// likelihood ratio counts with the sign of S. Undefined where this fit failed, or where more than a tenth of the toys' fits did.
    /// </summary>
    /// <param name="model">The model of this fit.</param>
    /// <param name="spurious">Its width of the spurious signal.</param>
    /// <param name="toys">Number of toys; p-values below 1/toys are bounds.</param>
    /// <param name="streams">Draw them.</param>
    public Measured PValueByToys(BinnedModel model, double spurious, int toys, ToyStreams streams)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(toys, 1);
        if (SignedRatio is not { } observed)
        {
            return Significance;
        }

        var (fitted, atLeast) = (0, 0);
        for (var toy = 0; toy < toys; toy++)
        {
            var stream = streams[toy];
            var auxiliary = BackgroundOnly.Signal + (spurious * stream.NextGaussian());
            var fit = Of(model, ToyStreams.Counts(stream, BackgroundOnly.Expected), spurious, auxiliary, BackgroundOnly);
            fitted += fit.Status.Converged ? 1 : 0;
            atLeast += fit.SignedRatio >= observed ? 1 : 0;
        }

        return ToyStreams.TooFew(fitted, toys) is { } reason ? Measured.Undefined(reason) : Measured.Of((1.0 + atLeast) / (1 + fitted));
    }

    // The auxiliary is the spurious signal's own measurement, 0 in data: S = T - auxiliary.
    private static SignalFit Of(BinnedModel model, ReadOnlySpan<double> counts, double spurious, double auxiliary, BinnedFit? start)
    {
        var background = model.Fit(counts, new SignalConstraint(auxiliary, spurious), start);
        var free = model.Fit(counts, SignalConstraint.Free, background);
        var status = background.Status.Converged ? free.Status : background.Status;
        if (!status.Converged)
        {
            var none = Measured.Undefined(status.Reason!);
            return new SignalFit(status, none, none, none, none, none, none, free, background);
        }

        var signal = free.Signal - auxiliary;
        var ratio = Math.Max(0, background.Deviance - free.Deviance);
        var z = Math.CopySign(Math.Sqrt(ratio), signal);
        return new SignalFit(
            status,
            Measured.Of(signal),
            Measured.Of(Math.Sqrt((free.SignalError * free.SignalError) + (spurious * spurious))),
            Measured.Of(ratio),
            Measured.Of(signal > 0 ? ratio : 0),
            Measured.Of(z),
            Measured.Of(NormalDistribution.PValue(z)),
            free,
            background);
    }
}
