namespace Sideband.Inference.BumpHunt;

/// <summary>
/// Goodness of fit by the saturated model: the deviance of the fit (Baker and Cousins), against that of toys drawn from the fit and fitted
/// again, so that bins with few events need no approximation.
/// </summary>
/// <param name="Deviance">-2 ln of the likelihood over the saturated model's.</param>
/// <param name="Degrees">
/// Bins, less parameters, less one for the normalisation: what the deviance would be about with many events in every bin.
/// </param>
/// <param name="PValue">
/// (1 + toys with a deviance at least as large)/(1 + toys); undefined where more than a tenth of their fits failed.
/// </param>
/// <param name="Toys">Toys that were fitted.</param>
/// <param name="FailedToys">Toys whose fit failed; they are not in the p-value.</param>
public sealed record GoodnessOfFit(Measured Deviance, int Degrees, Measured PValue, int Toys, int FailedToys)
{
    /// <summary>Of a model without signal.</summary>
    /// <param name="model">Function and bins.</param>
    /// <param name="counts">Events of every bin.</param>
    /// <param name="toys">Number of toys.</param>
    /// <param name="streams">Draw them.</param>
    public static GoodnessOfFit Of(BinnedModel model, ReadOnlySpan<double> counts, int toys, ToyStreams streams)
    {
        var degrees = model.Bins.Count - model.Function.Parameters - 1;
        var fit = model.Fit(counts);
        if (!fit.Status.Converged)
        {
            var none = Measured.Undefined(fit.Status.Reason!);
            return new GoodnessOfFit(none, degrees, none, 0, 0);
        }

        var (fitted, atLeast) = (0, 0);
        for (var toy = 0; toy < toys; toy++)
        {
            var again = model.Fit(ToyStreams.Counts(streams[toy], fit.Background), fit);
            if (again.Status.Converged)
            {
                fitted++;
                atLeast += again.Deviance >= fit.Deviance ? 1 : 0;
            }
        }

        var p = ToyStreams.TooFew(fitted, toys) is { } reason
            ? Measured.Undefined(reason)
            : Measured.Of((1.0 + atLeast) / (1 + fitted));
        return new GoodnessOfFit(Measured.Of(fit.Deviance), degrees, p, fitted, toys - fitted);
    }
}
