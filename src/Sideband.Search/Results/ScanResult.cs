using System.Text.Json.Serialization;

namespace Sideband.Search.Results;

/// <summary>
/// The result of a search, in the shape of results.json (schema sideband.scan/1). A number that is not defined is null and has a
/// reason beside it.
/// </summary>
public sealed record ScanResult
{
    public const string SchemaName = "sideband.scan/1";

    /// <summary>The values of <see cref="SignificanceKind"/>.</summary>
    public const string WithSystematics = "with_systematics", StatisticalOnly = "statistical_only";

    public string Schema { get; init; } = SchemaName;

    public required string Method { get; init; }

    public required IReadOnlyList<string> Features { get; init; }

    public required string Mass { get; init; }

    public required string Profile { get; init; }

    public required ulong Seed { get; init; }

    public required string Experiment { get; init; }

    /// <summary>"with_systematics" or "statistical_only".</summary>
    public required string SignificanceKind { get; init; }

    /// <summary>True where no systematic error is in any S: every one overstates what is known.</summary>
    [JsonIgnore]
    public bool HasStatisticalErrorsOnly => SignificanceKind == StatisticalOnly;

    /// <summary>The rule for sigma_sys: "paper", "spread" or the given numbers.</summary>
    public required string SigmaSysRule { get; init; }

    /// <summary>
    /// The estimate of delta_sys that enters N_exp: "mc", "sideband", "mc+sideband", "labels", "zero", "none" or "fixed".
    /// </summary>
    public required string DeltaSysEstimate { get; init; }

    /// <summary>True where no signal-region data were scored.</summary>
    public required bool Blind { get; init; }

    public required IReadOnlyList<InputResult> Inputs { get; init; }

    /// <summary>How much the events of each role are worth; empty in results of versions before.</summary>
    public IReadOnlyList<RoleResult> Roles { get; init; } = [];

    /// <summary>What the tables say against the search, passed checks too; empty in results of versions before.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    public required IReadOnlyList<WindowResult> Windows { get; init; }

    public required IReadOnlyList<DeltaSysResult> DeltaSys { get; init; }

    public required IReadOnlyList<ValidationResult> Validation { get; init; }

    /// <summary>Number of windows times number of working points looked at.</summary>
    public required int Trials { get; init; }

    /// <summary>The quality of every learned template; empty where the method learns none.</summary>
    public IReadOnlyList<TemplateQualityResult> TemplateQuality { get; init; } = [];

    public IReadOnlyList<TestMetricsResult>? TestMetrics { get; init; }

    /// <summary>The global p-value of the largest S; null until calibrated.</summary>
    public GlobalPValueResult? PGlobal { get; init; }

    /// <summary>The calibrations that were made, the last of which gave the p-values; empty until calibrated.</summary>
    public IReadOnlyList<CalibrationResult> Calibrations { get; init; } = [];

    /// <summary>Injection scans and upper limits; empty without injections.</summary>
    public IReadOnlyList<LimitResult> Limits { get; init; } = [];

    /// <summary>
    /// The bump hunt on the spectra after the cuts; empty until <c>sideband fit</c>. Windows first, then the masses of a finer scan; for
    /// each the spectrum without a cut, then the working points.
    /// </summary>
    public IReadOnlyList<FitResult> Fits { get; init; } = [];

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<FailureResult> Failures { get; init; }

    public required TimingResult Timing { get; init; }

    public required ProvenanceResult Provenance { get; init; }
}

/// <summary>What was read from one input.</summary>
/// <param name="Role">data, inject, mc, ideal_background, signal or test.</param>
/// <param name="Sha256">Hash of the file's bytes, or of the simulator's settings.</param>
/// <param name="Rows">The rows asked for, or "all".</param>
/// <param name="Dropped">Reason and number of events.</param>
/// <param name="Repaired">Reason and number of events that were kept with a corrected value.</param>
public sealed record InputResult(
    string Role,
    string FileName,
    string Sha256,
    string Rows,
    long EventsRead,
    long Used,
    IReadOnlyDictionary<string, long> Dropped,
    IReadOnlyDictionary<string, long> Repaired);

/// <summary>A work unit that failed, or a number that could not be given.</summary>
public sealed record FailureResult(string WorkUnit, string Reason);

/// <summary>Time that the run took; excluded from the promise of identical results.</summary>
public sealed record TimingResult(double WallSeconds, double CpuSeconds, IReadOnlyDictionary<string, double> Stages);

/// <summary>Who made the result; excluded from the promise of identical results.</summary>
public sealed record ProvenanceResult
{
    public required string Version { get; init; }

    public required string? Commit { get; init; }

    public required string Runtime { get; init; }

    public required string Processor { get; init; }

    public required string CommandLine { get; init; }

    public required string Started { get; init; }

    public required string Finished { get; init; }

    /// <summary>Every setting of SEARCH.yaml as text, defaults filled in.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Hash of the settings that change results.</summary>
    public required string SettingsSha256 { get; init; }

    /// <summary>When a blind search was unblinded; null otherwise.</summary>
    public string? Unblinded { get; init; }

    /// <summary>What made the numbers of finished units, last: the search, or something that was added to it later.</summary>
    public required BuildResult Collected { get; init; }

    /// <summary>What made <see cref="ScanResult.Fits"/>; null where there are none.</summary>
    public BuildResult? Fitted { get; init; }
}

/// <summary>A build of the program.</summary>
/// <param name="Commit">Null where the build did not know it.</param>
public sealed record BuildResult(string Version, string? Commit)
{
    public override string ToString() => Commit is null ? $"version {Version}" : $"version {Version}+{Commit}";
}
