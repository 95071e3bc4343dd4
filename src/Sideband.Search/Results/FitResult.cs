namespace Sideband.Search.Results;

/// <summary>
/// The enhanced bump hunt at one mass after one cut: a falling function fitted to the sidebands of the events that the classifiers leave at
/// all masses, and the window compared with it. Numbers of several runs are means over the runs where they are defined.
/// </summary>
public sealed record FitResult
{
    /// <summary>The window whose classifiers made the cut.</summary>
    public required int Number { get; init; }

    /// <summary>The mass that was looked at: the window's centre, or a mass of a finer scan.</summary>
    public required double Mass { get; init; }

    /// <summary>Limits of what the fit calls the window, around the mass.</summary>
    public required double Low { get; init; }

    public required double High { get; init; }

    /// <summary>True for a mass of a finer scan, false for a window of the search.</summary>
    public required bool Scan { get; init; }

    /// <summary>The working point; null for the spectrum without a cut.</summary>
    public required double? EpsilonB { get; init; }

    /// <summary>"event", or "reference": scores of the events mapped to the window's centre.</summary>
    public required string Score { get; init; }

    /// <summary>"window": S is the excess in the window; "crystal_ball": S counts events of a shape from simulated signal.</summary>
    public required string SignalShape { get; init; }

    public required FitRangeResult Range { get; init; }

    /// <summary>Events that pass, in the range of the fit.</summary>
    public required RunValues Events { get; init; }

    /// <summary>Those in the window.</summary>
    public required RunValues Observed { get; init; }

    /// <summary>Background in the window by the fit to the sidebands.</summary>
    public required RunValues Expected { get; init; }

    /// <summary>Its standard error from the fit, events.</summary>
    public required RunValues ExpectedError { get; init; }

    /// <summary>S.</summary>
    public required RunValues Signal { get; init; }

    /// <summary>Its standard error, the spurious signal included where that is one.</summary>
    public required RunValues SignalError { get; init; }

    /// <summary>Z, signed.</summary>
    public required RunValues Significance { get; init; }

    /// <summary>Of the mean Z; one-sided, 1e-300 where it is below that.</summary>
    public required double? PLocal { get; init; }

    public string PLocalKind { get; init; } = "asymptotic_uncalibrated";

    /// <summary>
    /// Rank of the mean Z among those of experiments without signal whose spectra were kept; null without such, without a cut, and for a
    /// mass of a finer scan.
    /// </summary>
    public CalibratedPValueResult? PLocalCalibrated { get; init; }

    /// <summary>The same among the experiments' largest Z of all windows and working points; null likewise.</summary>
    public CalibratedPValueResult? PGlobal { get; init; }

    /// <summary>
    /// By toys, where fewer than 10 background events are expected in the window; null elsewhere, and where toys of a run failed. Of
    /// several runs like PLocal: the upper tail of the mean of what each run's p-value is as a Z.
    /// </summary>
    public required double? PToys { get; init; }

    /// <summary>CLs upper limit on S at 95 %, asymptotic.</summary>
    public required RunValues Limit { get; init; }

    /// <summary>
    /// CLs upper limit on S at 95 % by toys of every run, where fewer than 10 background events are expected in the window; no mean
    /// elsewhere, nor where toys of a run failed.
    /// </summary>
    public required RunValues LimitToys { get; init; }

    /// <summary>What it would be without signal.</summary>
    public required ExpectedLimitResult ExpectedLimit { get; init; }

    /// <summary>The function that was fitted to the sidebands of the first run that has a fit; null where none could be fitted.</summary>
    public required FitFunctionResult? Function { get; init; }

    /// <summary>What the function makes of backgrounds of another form, in the same run.</summary>
    public required SpuriousSignalResult SpuriousSignal { get; init; }

    public required SculptingResult Sculpting { get; init; }

    /// <summary>
    /// "claim_withheld" (nothing is claimed in the window, see <see cref="WindowResult.NoClaim"/>: no p-value). Of any run: "sculpts",
    /// "poor_fit" (goodness below 0.01), "spurious_signal" (beyond its limit, so part of the error),
    /// "bias_not_tested" (of some alternative there is no spurious signal, and none of it in the error), "copies" (events are there
    /// several times: each is fitted and counted once, other than in the search's counts). Of their mean: "few_events" (fewer than 10
    /// background events expected in the window: asymptotic Z, p and limits are rough, and toys stand beside them).
    /// </summary>
    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>Why a number is null.</summary>
    public required string? Reason { get; init; }
}

/// <summary>The masses that were fitted, and sqrt(s), in the unit of the mass column.</summary>
public sealed record FitRangeResult(double Low, double High, double SqrtS);

/// <summary>Expected upper limits on S: median and the ends of the central 68 and 95 %; means over runs.</summary>
public sealed record ExpectedLimitResult(
    double? MinusTwo, double? MinusOne, double? Median, double? PlusOne, double? PlusTwo, string? Reason);

/// <summary>The fitted function.</summary>
/// <param name="Name">"dijet 2" to "dijet 5", by the number of parameters.</param>
/// <param name="Formula">x = m/sqrt(s).</param>
/// <param name="Chi2">Pearson's, in the sidebands' bins merged to 5 events; null with a reason.</param>
/// <param name="Degrees">Its degrees of freedom.</param>
/// <param name="Goodness">p-value of the saturated model's likelihood ratio, by toys; null where not asked for or not possible.</param>
/// <param name="Asked">The function that the F-test on the sidebands stops at; the fitted one has at least as many parameters.</param>
/// <param name="Tests">The F-tests that were made, in order.</param>
/// <param name="Stopped">Why the F-test stopped, and why the fit has fewer parameters than it should where that is so.</param>
/// <param name="Runs">Name of the function that each run fitted; null where it has none.</param>
public sealed record FitFunctionResult(
    string Name,
    string Formula,
    double? Chi2,
    int Degrees,
    double? Goodness,
    string Asked,
    IReadOnlyList<FunctionTestResult> Tests,
    string Stopped,
    IReadOnlyList<string?> Runs,
    string? Reason);

/// <summary>One F-test.</summary>
public sealed record FunctionTestResult(string From, string To, double? F, double? P, string? Reason);

/// <summary>The bias test: mean S of toys of other functions.</summary>
/// <param name="LargestFraction">The largest, over the error on S, with its sign.</param>
/// <param name="Function">The alternative that gives it; null where none was tested.</param>
/// <param name="Width">Events that enter S as an error: 0 within the limit; null where not tested.</param>
/// <param name="WithinLimit">True where every alternative was tested and none is beyond the limit.</param>
/// <param name="Alternatives">Each of them; empty where no toys were thrown.</param>
/// <param name="Reason">Why there is none.</param>
public sealed record SpuriousSignalResult(
    double? LargestFraction,
    string? Function,
    double? Width,
    bool WithinLimit,
    IReadOnlyList<AlternativeResult> Alternatives,
    string? Reason);

/// <summary>One alternative of the bias test.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Formula">x = m/sqrt(s).</param>
/// <param name="Signal">Mean S of its toys, events.</param>
/// <param name="Fraction">That over the mean error on S.</param>
/// <param name="FractionError">Its standard error.</param>
/// <param name="Reason">Why it was not tested.</param>
public sealed record AlternativeResult(
    string Function, string Formula, double? Signal, double? Fraction, double? FractionError, string? Reason);

/// <summary>How far a cut changes the shape of the background's mass spectrum.</summary>
/// <param name="Sample">Where the background comes from: "labels" (data of label 0), "mc"; null where there is none.</param>
/// <param name="Events">Its events in the range of the fit.</param>
/// <param name="Selected">Those that the cut leaves.</param>
/// <param name="Chi2">Per degree of freedom.</param>
/// <param name="RandomLow">16th percentile of random subsets of the same size.</param>
/// <param name="RandomHigh">84th percentile.</param>
/// <param name="RandomLargest">The largest of 1000.</param>
/// <param name="Sculpts">True where chi2 is above that; null where not checked.</param>
/// <param name="Reason">Why it was not checked.</param>
public sealed record SculptingResult(
    string? Sample,
    int Events,
    int? Selected,
    double? Chi2,
    double? RandomLow,
    double? RandomHigh,
    double? RandomLargest,
    bool? Sculpts,
    string? Reason);
