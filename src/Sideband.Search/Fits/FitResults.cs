using Sideband.Events;
using Sideband.Inference;
using Sideband.Inference.BumpHunt;
using Sideband.Inference.Counting;
using Sideband.Numerics;
using Sideband.Search.Collect;
using Sideband.Search.Results;

namespace Sideband.Search.Fits;

/// <summary>The fits of one mass and cut in the shape of the results.</summary>
internal static class FitResults
{
    private const double PoorFit = 0.01;

    private static readonly string ManyEvents =
        FormattableString.Invariant($"{FitOptions.FewEvents} events or more are expected in the window");

    /// <summary>The run that is shown where one must stand for all: the first that has a fit.</summary>
    public static EnhancedBumpHunt Shown(IReadOnlyList<EnhancedBumpHunt> runs) =>
        runs.FirstOrDefault(hunt => hunt.Failure is null) ?? runs[0];

    /// <param name="target">The mass.</param>
    /// <param name="cut">The selection.</param>
    /// <param name="runs">Its fits, one a run.</param>
    /// <param name="sculpting">What the cut does to background.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="range">The masses that were fitted.</param>
    /// <param name="against">Why nothing is claimed in the window whose classifiers made the cut; null where something may be.</param>
    /// <param name="copies">True where each event that is there several times was fitted once.</param>
    public static FitResult Of(
        FitTarget target,
        SelectedMasses cut,
        IReadOnlyList<EnhancedBumpHunt> runs,
        SculptingResult sculpting,
        FitOptions options,
        MassInterval range,
        string? against = null,
        bool copies = false)
    {
        RunStatistics Over(Func<EnhancedBumpHunt, Measured> value) => OverRuns(cut, runs, value);
        Measured OfSignal(EnhancedBumpHunt hunt, Func<SignalFit, Measured> value) =>
            hunt.Signal is { } signal ? value(signal) : Measured.Undefined(hunt.Failure!);
        Measured OfLimit(Func<ExpectedLimit, Measured> value) =>
            Over(hunt => hunt.ExpectedLimit is { } limit ? value(limit) : Measured.Undefined(hunt.Failure!)).Mean;

        var limit = Over(hunt => hunt.Limit);
        var few = ExpectFewEvents(cut, runs);
        var significance = Over(hunt => OfSignal(hunt, signal => signal.Significance));
        var noClaim = cut.EpsilonB is null ? null : against;
        var first = Shown(runs);
        return new FitResult
        {
            Number = target.Window.Number,
            Mass = target.Mass,
            Low = target.Region.Low,
            High = target.Region.High,
            Scan = target.Scan,
            EpsilonB = cut.EpsilonB,
            Score = options.Score,
            SignalShape = options.Signal is null ? "window" : "crystal_ball",
            Range = new FitRangeResult(range.Low, range.High, options.SqrtS),
            Events = WorkingPointResults.Values(Over(hunt => Measured.Of(hunt.SidebandEvents + hunt.Observed))),
            Observed = WorkingPointResults.Values(Over(hunt => Measured.Of(hunt.Observed))),
            Expected = WorkingPointResults.Values(Over(hunt => hunt.Expected.Value)),
            ExpectedError = WorkingPointResults.Values(Over(hunt => hunt.Expected.Error)),
            Signal = WorkingPointResults.Values(Over(hunt => OfSignal(hunt, signal => signal.Signal))),
            SignalError = WorkingPointResults.Values(Over(hunt => OfSignal(hunt, signal => signal.Error))),
            Significance = WorkingPointResults.Values(significance),
            PLocal = noClaim is null ? significance.Mean.Select(NormalDistribution.PValue).Value : null,
            PToys = noClaim is null ? PValueByToys(Over(hunt => hunt.PValueByToys), significance, options.PValueToys) : null,
            Limit = WorkingPointResults.Values(limit),
            LimitToys = WorkingPointResults.Values(LimitByToys(Over(hunt => hunt.LimitByToys), limit, few, options)),
            ExpectedLimit = Expected(
                [
                    OfLimit(limit => limit.MinusTwo), OfLimit(limit => limit.MinusOne), OfLimit(limit => limit.Median),
                    OfLimit(limit => limit.PlusOne), OfLimit(limit => limit.PlusTwo),
                ]),
            Function = FunctionOf(first, runs),
            SpuriousSignal = SpuriousOf(first),
            Sculpting = sculpting,
            Flags =
            [
                .. noClaim is not null ? [PointFlag.ClaimWithheld] : Array.Empty<string>(),
                .. sculpting.Sculpts == true ? ["sculpts"] : Array.Empty<string>(),
                .. runs.Any(hunt => hunt.Goodness?.PValue.Value < PoorFit) ? ["poor_fit"] : Array.Empty<string>(),
                .. runs.Any(hunt => hunt.Bias?.Width > 0) ? ["spurious_signal"] : Array.Empty<string>(),
                .. runs.Any(hunt => hunt.Bias?.IsIncomplete == true) ? ["bias_not_tested"] : Array.Empty<string>(),
                .. few ? ["few_events"] : Array.Empty<string>(),
                .. copies ? ["copies"] : Array.Empty<string>(),
            ],
            Reason = significance.Runs.Where(run => !run.IsDefined).Select(run => run.Reason).FirstOrDefault()
                ?? (noClaim is null ? null : WindowClaims.Words(noClaim)),
        };
    }

    /// <summary>True where few background events are expected in the window, in the mean over runs.</summary>
    /// <param name="cut">The selection.</param>
    /// <param name="runs">Its fits, one a run.</param>
    public static bool ExpectFewEvents(SelectedMasses cut, IReadOnlyList<EnhancedBumpHunt> runs) =>
        OverRuns(cut, runs, hunt => hunt.Expected.Value).Mean.Value < FitOptions.FewEvents;

    // A run without a selection has no spectrum, and no count of it.
    private static RunStatistics OverRuns(
        SelectedMasses cut, IReadOnlyList<EnhancedBumpHunt> runs, Func<EnhancedBumpHunt, Measured> value) => RunStatistics.Of(
            [.. runs.Zip(cut.Runs, (hunt, run) => run.Failure is { } reason ? Measured.Undefined(reason) : value(hunt))]);

    // Comparable with the p-value of the mean Z: that of the mean over runs of what each p-value is as a Z. N toys know a p-value from
    // 1/(N + 1) to 1 - 1/(N + 1): beyond either end Z is a bound.
    private static double? PValueByToys(RunStatistics byToys, RunStatistics significance, int toys)
    {
        double Z(double p) => -NormalDistribution.Quantile(Math.Min(p, 1 - (1.0 / (toys + 1))));

        double[] values = [.. OfAll(byToys, significance).Mean.IsDefined ? byToys.Runs.Select(run => run.Value).OfType<double>() : []];
        return values.Length switch
        {
            0 => null,
            1 => values[0],
            _ => NormalDistribution.UpperTail(values.Average(Z)),
        };
    }

    private static RunStatistics LimitByToys(RunStatistics byToys, RunStatistics limit, bool few, FitOptions options) =>
        few || options.Toys == 0 || !limit.Mean.IsDefined
            ? OfAll(byToys, limit)
            : RunStatistics.Of([.. limit.Runs.Select(run => Measured.Undefined(run.Reason ?? ManyEvents))]);

    // A mean over some of the runs that have the number by formulae is no mean to stand beside theirs.
    private static RunStatistics OfAll(RunStatistics byToys, RunStatistics byFormulae)
    {
        var missing = byToys.Runs.Zip(byFormulae.Runs).Where(run => run.Second.IsDefined && !run.First.IsDefined).ToArray();
        return missing.Length == 0
            ? byToys
            : byToys with { Mean = missing[0].First, StandardDeviation = missing[0].First };
    }

    private static ExpectedLimitResult Expected(Measured[] limits) => new(
        limits[0].Value,
        limits[1].Value,
        limits[2].Value,
        limits[3].Value,
        limits[4].Value,
        limits.Select(limit => limit.Reason).FirstOrDefault(reason => reason is not null));

    private static FitFunctionResult? FunctionOf(EnhancedBumpHunt first, IReadOnlyList<EnhancedBumpHunt> runs)
    {
        if (first.Choice is not { } choice)
        {
            return null;
        }

        var goodness = first.Goodness;
        return new FitFunctionResult(
            choice.Fit.Function.Name,
            choice.Fit.Function.Formula,
            choice.ChiSquared.Value,
            choice.Degrees,
            goodness?.PValue.Value,
            choice.Asked.Name,
            [
                .. choice.Tests.Select(test => new FunctionTestResult(
                    test.From.Name, test.To.Name, test.F.Value, test.PValue.Value, test.F.Reason ?? test.PValue.Reason)),
            ],
            choice.Stopped,
            [.. runs.Select(run => run.Choice is { Fit.Status.Converged: true } chosen ? chosen.Fit.Function.Name : null)],
            choice.ChiSquared.Reason
                ?? (goodness is null ? "no toys for the goodness of fit" : goodness.PValue.Reason)
                ?? runs.Select(run => run.Failure).FirstOrDefault(failure => failure is not null));
    }

    private static SpuriousSignalResult SpuriousOf(EnhancedBumpHunt hunt) => hunt.Bias is { } bias
        ? new SpuriousSignalResult(
            bias.Largest?.Fraction.Value,
            bias.Largest?.Truth.Name,
            bias.Largest is null ? null : bias.Width,
            bias.WithinLimit,
            [
                .. bias.Alternatives.Select(alternative => new AlternativeResult(
                    alternative.Truth.Name,
                    alternative.Truth.Formula,
                    alternative.Mean.Value,
                    alternative.Fraction.Value,
                    alternative.FractionError.Value,
                    alternative.Fraction.Reason)),
            ],
            bias.Largest is null ? bias.Alternatives[0].Fraction.Reason : null)
        : new SpuriousSignalResult(null, null, null, false, [], hunt.Failure ?? "no toys were asked for");
}
