namespace Sideband.Search.Results;

/// <summary>An injection scan, and the limits that it gives, in one window at one working point.</summary>
/// <param name="Number">The window.</param>
/// <param name="Low">Its lower limit.</param>
/// <param name="High">Its upper limit.</param>
/// <param name="EpsilonB">Background efficiency.</param>
/// <param name="Confidence">Confidence level.</param>
/// <param name="WindowFraction">Fraction of the signal events over all masses that lie in the window.</param>
/// <param name="Background">N_SR, which stands for the background before the cut.</param>
/// <param name="Kappa">kappa in the background's errors; null where the search is not calibrated: 1 is used.</param>
/// <param name="SignalDisplacement">
/// a: background events that do not pass for one signal event that does, since signal in the template takes their place above the
/// threshold. All limits but Neyman's take (1 - a) y for the excess. Null where redraws are missing: there is no limit then either.
/// </param>
/// <param name="Strengths">What was found at each strength.</param>
/// <param name="Rules">The limit by each rule; the first, "cls", is the one to quote.</param>
/// <param name="Sensitivity">What strength shows at 3 and 5 sigma.</param>
/// <param name="Reason">What is missing, and what speaks against the background estimate here; null where nothing is and does.</param>
public sealed record LimitResult(
    int Number,
    double Low,
    double High,
    double EpsilonB,
    double Confidence,
    double WindowFraction,
    int Background,
    double? Kappa,
    double? SignalDisplacement,
    IReadOnlyList<StrengthResult> Strengths,
    IReadOnlyList<LimitRuleResult> Rules,
    IReadOnlyList<SensitivityResult> Sensitivity,
    string? Reason);

/// <summary>All redraws at one strength.</summary>
/// <param name="Strength">Signal events before any cut, over all masses.</param>
/// <param name="Draws">Redraws that succeeded.</param>
/// <param name="Failed">Those that did not.</param>
/// <param name="Efficiency">Passing signal events over the strength; null at 0.</param>
/// <param name="Significance">S.</param>
/// <param name="BackgroundShift">
/// (N_obs - y)/N_exp - 1: what passes beside the signal, against its estimate. Signal in the template makes it fall with the strength.
/// </param>
/// <param name="Reason">Why the first of the failed ones failed, or why a number is missing.</param>
public sealed record StrengthResult(
    double Strength,
    int Draws,
    int Failed,
    RedrawBandResult? Efficiency,
    RedrawBandResult? Significance,
    RedrawBandResult? BackgroundShift,
    string? Reason);

/// <summary>Median, and the bands that hold 68.3 and 95.4 % of the redraws, linear between ranks.</summary>
public sealed record RedrawBandResult(double LowTwo, double LowOne, double Median, double HighOne, double HighTwo);

/// <summary>An upper limit by one rule.</summary>
/// <param name="Rule">"cls", "root", "published" or "neyman".</param>
/// <param name="Observed">Of the data; without value for a blind search.</param>
/// <param name="Expected">Of the redraws without signal.</param>
/// <param name="Coverage">At the strengths nearest to the limit.</param>
public sealed record LimitRuleResult(
    string Rule, LimitValueResult Observed, ExpectedStrengthResult Expected, IReadOnlyList<CoverageResult> Coverage);

/// <summary>A limit in several units.</summary>
/// <param name="Strength">Signal events before any cut, over all masses.</param>
/// <param name="Beyond">True where it lies above the largest strength tried.</param>
/// <param name="SignalToBackground">S/B in the window before the cut.</param>
/// <param name="SignalToRootBackground">S/sqrt(B) in the window before the cut.</param>
/// <param name="CrossSection">fb, with a luminosity.</param>
/// <param name="Reason">Why a number is missing.</param>
public sealed record LimitValueResult(
    double? Strength, bool Beyond, double? SignalToBackground, double? SignalToRootBackground, double? CrossSection, string? Reason);

/// <summary>The limits that searches without signal would set, in signal events before any cut.</summary>
/// <param name="Experiments">Redraws that gave a limit.</param>
/// <param name="Failed">Those that did not.</param>
/// <param name="Reason">Why an edge is missing.</param>
public sealed record ExpectedStrengthResult(
    double? LowTwo, double? LowOne, double? Median, double? HighOne, double? HighTwo, int Experiments, int Failed, string? Reason);

/// <summary>How often the limit covers a true strength.</summary>
/// <param name="Fraction">Of the redraws at this strength, each in the place of the data once; null where none gives a limit.</param>
/// <param name="Low">Lower end of its 68 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Reason">Why there is no fraction.</param>
public sealed record CoverageResult(
    double Strength, double? Fraction, double? Low, double? High, int Draws, int Failed, string? Reason);

/// <summary>The strength at which a significance is reached.</summary>
/// <param name="Significance">3 or 5.</param>
/// <param name="Strength">Where the median S of the redraws reaches it first.</param>
/// <param name="SignalToRootBackground">The same as S/sqrt(B) in the window before the cut.</param>
/// <param name="BareSignalToRootBackground">The same for counting all events of the window, without a cut and systematic errors.</param>
/// <param name="Reason">Why a number is missing.</param>
public sealed record SensitivityResult(
    double Significance, double? Strength, double? SignalToRootBackground, double? BareSignalToRootBackground, string? Reason);
