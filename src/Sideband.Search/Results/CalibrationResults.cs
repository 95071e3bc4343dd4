using System.Text.Json.Serialization;

namespace Sideband.Search.Results;

/// <summary>A p-value from experiments, or from an exact law.</summary>
/// <param name="Value">In (0, 1].</param>
/// <param name="Kind">
/// "permutation_within_windows", "permutation_over_all_windows", "half_split_both_ways", or "pseudo_experiments_" and their source.
/// </param>
/// <param name="Experiments">Experiments that entered; 0 where none are needed.</param>
/// <param name="Exceedances">Those that reached the observed value, failed ones included.</param>
/// <param name="Failed">Experiments without a value; each counts as an exceedance.</param>
/// <param name="Bound">True where no experiment reached the observed value: p is at most <paramref name="Value"/>.</param>
/// <param name="StoppedEarly">True where the experiments ended at a number of exceedances fixed beforehand.</param>
/// <param name="Approximate">True where the law holds only approximately (weighted or re-used template events).</param>
/// <param name="Extrapolated">Normal extrapolation beyond the experiments; only beside a bound.</param>
/// <param name="Reason">Why there is no value, or no extrapolation.</param>
public sealed record CalibratedPValueResult(
    double? Value,
    string Kind,
    int Experiments,
    int Exceedances,
    int Failed,
    bool Bound,
    bool StoppedEarly,
    bool Approximate,
    ExtrapolatedResult? Extrapolated,
    string? Reason);

/// <summary>A p-value below the reach of the experiments: the normal tail with their own variance.</summary>
/// <param name="Low">With the variance one standard error lower.</param>
/// <param name="High">With the variance one standard error higher.</param>
public sealed record ExtrapolatedResult(double Value, double Low, double High);

/// <summary>kappa, the variance of the statistical significance over experiments without signal; 1 for independent scores.</summary>
/// <param name="Error">Standard error.</param>
/// <param name="Mean">Mean of the same significances; far from 0 the expectation is off.</param>
/// <param name="Experiments">Experiments with a value.</param>
/// <param name="Failed">Experiments without.</param>
/// <param name="Significance">The observed S with max(1, kappa) in its errors, mean over the runs.</param>
public sealed record KappaResult(
    double? Value, double? Error, double? Mean, int Experiments, int Failed, double? Significance, string? Reason)
{
    /// <summary>The calibration whose experiments these are.</summary>
    public string? Kind { get; init; }
}

/// <summary>The largest S of a search among the largest of each experiment.</summary>
/// <param name="Number">Window of the largest S; null where there is none.</param>
/// <param name="EpsilonB">Its working point.</param>
/// <param name="Largest">The largest S.</param>
/// <param name="P">Its p-value, corrected for all windows and working points.</param>
public sealed record GlobalPValueResult(int? Number, double? EpsilonB, double? Largest, CalibratedPValueResult P);

/// <summary>One calibration of a search.</summary>
/// <param name="Kind">See <see cref="CalibratedPValueResult"/>.</param>
/// <param name="Requested">Experiments that were asked for.</param>
/// <param name="Experiments">Experiments that are finished and entered.</param>
/// <param name="StopAfter">Exceedances of the largest S that end them; null: all are made.</param>
/// <param name="PGlobal">The global p-value; null for a blind search.</param>
/// <param name="Reason">Why something is missing; null where nothing is.</param>
public sealed record CalibrationResult(
    string Kind, int Requested, int Experiments, int? StopAfter, GlobalPValueResult? PGlobal, string? Reason)
{
    /// <summary>Of every window and working point.</summary>
    public IReadOnlyList<PointPValuesResult> PValues { get; init; } = [];

    /// <summary>True where the experiments kept the masses of what passes, so that fits of the spectrum are calibrated, too.</summary>
    public bool Spectra { get; init; }

    /// <summary>True where no more experiments are needed.</summary>
    [JsonIgnore]
    public bool IsComplete => Experiments >= Requested || PGlobal?.P.StoppedEarly == true;
}

/// <summary>The p-values of one window at one working point by one calibration; null where it has none.</summary>
/// <param name="Number">The window.</param>
/// <param name="EpsilonB">The working point.</param>
/// <param name="PLocal">See <see cref="WorkingPointResult.PLocalCalibrated"/>.</param>
/// <param name="PGlobal">See <see cref="WorkingPointResult.PGlobal"/>.</param>
public sealed record PointPValuesResult(int Number, double EpsilonB, CalibratedPValueResult? PLocal, CalibratedPValueResult? PGlobal);
