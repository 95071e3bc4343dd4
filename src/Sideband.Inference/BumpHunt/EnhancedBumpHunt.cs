using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>
/// The enhanced bump hunt in one window at one working point (LaCATHODE, arXiv:2210.14924, section II): a falling function is fitted to the
/// sidebands of the events that a classifier selected, at all masses, and compared with the window.
/// </summary>
/// <param name="Window">The window, in the unit of the masses.</param>
/// <param name="Failure">Why there is no result; null where there is one. Every number below then has this reason.</param>
/// <param name="SidebandEvents">Selected events in the range outside of the window.</param>
/// <param name="OutsideRange">Selected events outside of the fit's range, which nothing here uses.</param>
/// <param name="Observed">Selected events in the window.</param>
/// <param name="Choice">
/// Function chosen on the sidebands, with its unbinned fit and the F-tests; null where the masses or ranges allow none.
/// </param>
/// <param name="Goodness">Goodness of the chosen function in the sidebands' bins; null where not asked for or not possible.</param>
/// <param name="Expected">Background in the window by the sidebands' fit, with its error.</param>
/// <param name="Signal">
/// Fit of function and signal to sidebands and window: S with its error, q0, Z and local p-value. Without a signal shape S is the window's
/// excess, and the window one bin; with one S counts the shape's events in the range of the fit. Null without a result.
/// </param>
/// <param name="PValueByToys">Local p-value by toys; undefined where not asked for, or where toys' fits failed.</param>
/// <param name="Bias">Spurious signal with backgrounds of another form; null where not asked for or not possible.</param>
/// <param name="Limit">CLs upper limit on S, asymptotic.</param>
/// <param name="ExpectedLimit">What it would be without a signal; null without a result.</param>
/// <param name="LimitByToys">CLs upper limit on S by toys; undefined where not asked for, or where toys' fits failed.</param>
/// <param name="Curve">Bins of the picture, ascending; empty without a result.</param>
public sealed record EnhancedBumpHunt(
    MassRange Window,
    string? Failure,
    long SidebandEvents,
    long OutsideRange,
    long Observed,
    FunctionChoice? Choice,
    GoodnessOfFit? Goodness,
    CountWithError Expected,
    SignalFit? Signal,
    Measured PValueByToys,
    BiasTest? Bias,
    Measured Limit,
    ExpectedLimit? ExpectedLimit,
    Measured LimitByToys,
    IReadOnlyList<SpectrumPoint> Curve)
{
    private static readonly Measured NotAskedFor = Measured.Undefined("no toys were asked for");

    /// <summary>Hunts in one window.</summary>
    /// <param name="masses">Selected events of all masses, any order; data and signal region alike.</param>
    /// <param name="window">Signal region [low, high), inside of the settings' range, with sidebands on both sides.</param>
    /// <param name="settings">sqrt(s), range, tests.</param>
    /// <param name="streams">Draw the toys.</param>
    /// <param name="shape">Signal's shape (<see cref="CrystalBallFit"/>); null for the window's excess.</param>
    public static EnhancedBumpHunt Of(
        ReadOnlySpan<double> masses, MassRange window, BumpHuntSettings settings, ToyStreams streams, DoubleCrystalBall? shape = null)
    {
        settings.Check();
        var range = settings.Range;
        var (inRange, inside, both) = (0L, 0L, 0L);
        foreach (var mass in masses)
        {
            var (r, w) = (range.Contains(mass) ? 1 : 0, window.Contains(mass) ? 1 : 0);
            inRange += r;
            inside += w;
            both += r & w;
        }

        var (beside, outside) = (inRange - both, masses.Length - inRange);

        if (!(range.Low < window.Low && window.Low < window.High && window.High < range.High))
        {
            return Failed($"the window {window} must have a width and lie inside of the range {range}, with sidebands on both sides", null);
        }

        var sidebands = range.Outside(window);
        var sums = SpectrumSums.Of(masses, sidebands, settings.SqrtS);
        if (sums.Failure is { } reason)
        {
            return Failed(reason, null);
        }

        var width = DecimalLimits.Difference(window.High, window.Low) / settings.BinsPerWindow;
        MassRange[] lower = [.. MassBins.Split(sidebands[0], width)], upper = [.. MassBins.Split(sidebands[1], width)];
        MassRange[] within = [.. MassBins.Split(window, width)];

        // One pass over the masses fills all histograms.
        var picture = MassBins.Of([.. lower, .. within, .. upper]);
        var pictureCounts = picture.Fill(masses);
        var sidebandBins = MassBins.Of([.. lower, .. upper]);
        double[] sidebandCounts = [.. pictureCounts[..lower.Length], .. pictureCounts[^upper.Length..]];
        var choice = FunctionChoice.Of(sums, sidebandBins, sidebandCounts, settings);
        if (choice.Fit.Status.Reason is { } noFit)
        {
            return Failed(noFit, choice);
        }

        // Without a shape one bin holds the window: its count decides S, whatever the shape of the excess.
        var bins = MassBins.Of([.. lower, .. shape is null ? [window] : within, .. upper]);
        double[]? template = shape is null
            ? [.. Enumerable.Range(0, bins.Count).Select(i => i == lower.Length ? 1.0 : 0)]
            : shape.Template(bins);
        if (template is null)
        {
            return Failed("the signal's shape has no events in the range of the fit", choice);
        }

        var function = choice.Fit.Function;
        var model = new BinnedModel(function, bins, settings.SqrtS, template);
        var counts = shape is null ? [.. pictureCounts[..lower.Length], inside, .. pictureCounts[^upper.Length..]] : pictureCounts;
        var sidebandModel = new BinnedModel(function, sidebandBins, settings.SqrtS);
        var goodness = settings.GoodnessToys == 0
            ? null
            : GoodnessOfFit.Of(sidebandModel, sidebandCounts, settings.GoodnessToys, streams.Below("goodness"));
        var bias = settings.BiasToys == 0
            ? null
            : BiasTest.Of(
                [.. SpectrumFunction.Alternatives.Select(truth =>
                    SpuriousSignal.Of(model, UnbinnedFit.Of(truth, sums), settings.BiasToys, streams.Below("bias").Below(truth.Name)))],
                settings.BiasLimit);
        var spurious = bias?.Width ?? 0;
        var signal = SignalFit.Of(model, counts, spurious);
        var expected = choice.Fit.Expected(window);
        var limit = new UpperLimit(model, counts, spurious, settings.Confidence);
        return new EnhancedBumpHunt(
            window,
            null,
            beside,
            outside,
            inside,
            choice,
            goodness,
            expected,
            signal,
            settings.DiscoveryToys == 0
                ? NotAskedFor
                : signal.PValueByToys(model, spurious, settings.DiscoveryToys, streams.Below("discovery")),
            bias,
            limit.Asymptotic(),
            limit.Expected(),
            settings.LimitToys == 0 ? NotAskedFor : limit.ByToys(settings.LimitToys, streams.Below("limit")),
            [.. Enumerable.Range(0, picture.Count).Select(i =>
                SpectrumPoint.Of(picture[i], window.Contains(picture[i].Low), pictureCounts[i], choice.Fit))]);

        EnhancedBumpHunt Failed(string why, FunctionChoice? tried)
        {
            var none = Measured.Undefined(why);
            return new EnhancedBumpHunt(
                window, why, beside, outside, inside, tried, null, CountWithError.Undefined(why), null, none, null, none, null, none, []);
        }
    }
}
