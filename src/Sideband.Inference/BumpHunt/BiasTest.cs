namespace Sideband.Inference.BumpHunt;

/// <summary>What the chosen function makes of a background that has another form: toys of it, fitted with signal.</summary>
/// <param name="Truth">The other form.</param>
/// <param name="Mean">Mean S of the toys, events: the spurious signal.</param>
/// <param name="Fraction">Mean S over the mean error on S.</param>
/// <param name="FractionError">Its standard error from the number of toys.</param>
/// <param name="Toys">Toys that were fitted.</param>
/// <param name="FailedToys">Toys whose fit failed; they are not in the means.</param>
public sealed record SpuriousSignal(
    SpectrumFunction Truth, Measured Mean, Measured Fraction, Measured FractionError, int Toys, int FailedToys)
{
    /// <summary>Draws background from the truth and fits it with signal.</summary>
    /// <param name="model">The chosen function with the signal.</param>
    /// <param name="truth">Fit of the other function to the sidebands.</param>
    /// <param name="toys">Number of toys.</param>
    /// <param name="streams">Draw them.</param>
    public static SpuriousSignal Of(BinnedModel model, UnbinnedFit truth, int toys, ToyStreams streams)
    {
        var expected = new double[model.Bins.Count];
        for (var bin = 0; bin < expected.Length; bin++)
        {
            var value = truth.Expected(model.Bins[bin]).Value;
            if (!value.IsDefined)
            {
                return new SpuriousSignal(truth.Function, value, value, value, 0, 0);
            }

            expected[bin] = value.Value!.Value;
        }

        var start = model.Fit(expected);
        var (fitted, sum, squares, errors) = (0, 0.0, 0.0, 0.0);
        for (var toy = 0; toy < toys; toy++)
        {
            var fit = model.Fit(ToyStreams.Counts(streams[toy], expected), SignalConstraint.Free, start);
            if (fit.Status.Converged)
            {
                fitted++;
                sum += fit.Signal;
                squares += fit.Signal * fit.Signal;
                errors += fit.SignalError;
            }
        }

        var tooFew = ToyStreams.TooFew(fitted, toys);
        if (tooFew is not null || fitted < 2 || !(errors > 0))
        {
            var none = Measured.Undefined(start.Status.Reason ?? tooFew ?? $"{fitted} of {toys} toys were fitted");
            return new SpuriousSignal(truth.Function, none, none, none, fitted, toys - fitted);
        }

        var (mean, error) = (sum / fitted, errors / fitted);
        var meanError = Math.Sqrt(Math.Max(0, squares - (fitted * mean * mean)) / (fitted - 1) / fitted);
        return new SpuriousSignal(
            truth.Function, Measured.Of(mean), Measured.Of(mean / error), Measured.Of(meanError / error), fitted, toys - fitted);
    }
}

/// <summary>
/// Bias of the chosen function: the largest spurious signal of the alternatives. Up to a limit fixed beforehand it is nothing to speak of;
/// beyond it the spurious signal becomes an error of S with that width (<see cref="SignalConstraint"/>).
/// </summary>
/// <param name="Alternatives">One a truth.</param>
/// <param name="Largest">The alternative with the largest |fraction|; null where none could be tested.</param>
/// <param name="WithinLimit">True where every alternative was tested and none is beyond the limit.</param>
/// <param name="Width">Width of the spurious signal that enters S, events: 0 within the limit, else the largest |mean S|.</param>
public sealed record BiasTest(IReadOnlyList<SpuriousSignal> Alternatives, SpuriousSignal? Largest, bool WithinLimit, double Width)
{
    /// <summary>True where some alternative has no spurious signal: what it would be is not in S.</summary>
    public bool IsIncomplete => Alternatives.Any(alternative => !alternative.Fraction.IsDefined);

    /// <summary>From toys of every alternative.</summary>
    /// <param name="alternatives">At least one.</param>
    /// <param name="limit">Largest |fraction| that is not an error, 0.2 by default in <see cref="BumpHuntSettings"/>.</param>
    public static BiasTest Of(IReadOnlyList<SpuriousSignal> alternatives, double limit)
    {
        var tested = alternatives.Where(alternative => alternative.Fraction.IsDefined).ToList();
        if (tested.Count == 0)
        {
            return new BiasTest(alternatives, null, false, 0);
        }

        var largest = tested.MaxBy(alternative => Math.Abs(alternative.Fraction.Value!.Value))!;
        var width = Math.Abs(largest.Fraction.Value!.Value) > limit
            ? tested.Max(alternative => Math.Abs(alternative.Mean.Value!.Value))
            : 0;
        return new BiasTest(alternatives, largest, width == 0 && tested.Count == alternatives.Count, width);
    }
}
