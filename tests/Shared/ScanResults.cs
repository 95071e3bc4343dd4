using Sideband.Search.Results;

namespace Sideband.Tests;

/// <summary>Results made by hand, to be shown.</summary>
internal static class ScanResults
{
    private static readonly RunValues None = new(null, null, [], "not looked at");

    /// <summary>Two windows at two working points: an excess in window 2; one cell that failed, one that is flagged.</summary>
    public static ScanResult Typical() => new()
    {
        Method = "cwola",
        Features = ["mj1", "delta_mj"],
        Mass = "mjj",
        Profile = "standard",
        Seed = 1,
        Experiment = "experiment 0",
        SignificanceKind = "with_systematics",
        SigmaSysRule = "spread",
        DeltaSysEstimate = "mc",
        Blind = false,
        Inputs =
        [
            new InputResult(
                "data",
                "events.h5",
                new string('0', 64),
                "all",
                100_000,
                100_000,
                new Dictionary<string, long>(),
                new Dictionary<string, long>()),
        ],
        Windows =
        [
            new WindowResult(4, 3.2, 3.6, 51_234, 50_321, 50_321, 50_321,
            [
                Point(1e-2, Runs(520, 505.5), Runs(512.4, 510), Runs(0.4, -0.2), 0.01, 0.02, 0.42),
                Failed(1e-4, "0.4 template events expected above the threshold in a test fold; at least 1 needed"),
            ]),
            new WindowResult(5, 3.3, 3.7, 42_000, 41_000, 41_000, 41_000,
            [
                Point(1e-2, Runs(640, 660), Runs(430, 420), Runs(5.5, 6.5), 0.01, 0.02, 9.9e-10),
                Point(1e-4, Runs(12, 14), Runs(4.2, 4.25), Runs(3, 3.25), null, null, 0.0009) with { Flags = ["few_template_events"] },
            ]),
        ],
        DeltaSys =
        [
            new DeltaSysResult(1e-2, "mc", 0.01, 0.02, 0.01, [], null),
            new DeltaSysResult(1e-4, "mc", null, null, null, [], "delta_sys is known in 0 windows"),
            new DeltaSysResult(1e-2, "labels", -0.003, 0.02, 0.01, [], null),
            new DeltaSysResult(1e-4, "labels", null, null, null, [], "delta_sys is known in 0 windows"),
        ],
        Validation =
        [
            new ValidationResult(1e-2, 0.1, 0.01, 1, "ok", 5, "the other windows look like background"),
            new ValidationResult(1e-4, null, null, 0, "ok", 5, "no window without overlap"),
        ],
        Trials = 4,
        Warnings = [],
        Failures = [new FailureResult("window 4/eps_B 0.0001", "too few")],
        Timing = new TimingResult(1, 2, new Dictionary<string, double>()),
        Provenance = new ProvenanceResult
        {
            Version = "0.1.0",
            Commit = null,
            Runtime = ".NET",
            Processor = "x",
            CommandLine = "sideband",
            Started = "2025-01-01T00:00:00Z",
            Finished = "2025-01-01T00:00:01Z",
            SettingsSha256 = new string('1', 64),
            Collected = new BuildResult("0.1.0", null),
        },
    };

    /// <summary>A fit of which nothing is known.</summary>
    public static FitResult Fit(WindowResult window, double low, double high) => new()
    {
        Number = window.Number,
        Mass = 0.5 * (window.Low + window.High),
        Low = window.Low,
        High = window.High,
        Scan = false,
        EpsilonB = null,
        Score = "event",
        SignalShape = "window",
        Range = new FitRangeResult(low, high, 13),
        Events = None,
        Observed = None,
        Expected = None,
        ExpectedError = None,
        Signal = None,
        SignalError = None,
        Significance = None,
        PLocal = null,
        PToys = null,
        Limit = None,
        LimitToys = None,
        ExpectedLimit = new ExpectedLimitResult(null, null, null, null, null, "not looked at"),
        Function = null,
        SpuriousSignal = new SpuriousSignalResult(null, null, null, false, [], "not looked at"),
        Sculpting = new SculptingResult(null, 0, null, null, null, null, null, null, "not looked at"),
        Flags = [],
        Reason = "not looked at",
    };

    /// <summary>An injection scan of 20 redraws a strength, with an expected CLs limit and an observed one 20 higher.</summary>
    /// <param name="window">The window.</param>
    /// <param name="epsilon">The working point.</param>
    /// <param name="expected">Median expected limit.</param>
    /// <param name="strengths">Strength, median efficiency and failed redraws of each but 0.</param>
    public static LimitResult Limit(
        WindowResult window, double epsilon, double expected, (double Strength, double Efficiency, int Failed)[] strengths)
    {
        RedrawBandResult Band(double median) => new(0.8 * median, 0.9 * median, median, 1.1 * median, 1.2 * median);
        return new LimitResult(
            window.Number,
            window.Low,
            window.High,
            epsilon,
            0.95,
            0.8,
            window.Events,
            null,
            0,
            [
                new StrengthResult(0, 20, 0, null, Band(0), Band(0), null),
                .. strengths.Select(entry => new StrengthResult(
                    entry.Strength, 20 - entry.Failed, entry.Failed, Band(entry.Efficiency), Band(3), Band(0), null)),
            ],
            [
                new LimitRuleResult(
                    "cls",
                    new LimitValueResult(expected + 20, false, 0.01, 2, null, "no --luminosity was given"),
                    new ExpectedStrengthResult(expected - 40, expected - 20, expected, expected + 30, expected + 60, 20, 0, null),
                    []),
            ],
            [],
            null);
    }

    /// <summary>The same windows, blind.</summary>
    public static ScanResult Blind()
    {
        var nothing = new RunValues(null, null, [], "blind");
        return Typical() with
        {
            Blind = true,
            Validation = [],
            Failures = [],
            Windows = [.. Typical().Windows.Select(window => window with
            {
                WorkingPoints = [.. window.WorkingPoints.Select(point => point with
                {
                    NObs = nothing, Significance = nothing, NTemplatePass = nothing, PLocal = null, Flags = [],
                    RequiredNObs = point.NExp.Mean is null ? new RequiredCounts(null, null) : new RequiredCounts(600, 1234),
                })],
            })],
        };
    }

    private static WorkingPointResult Point(
        double epsilon, RunValues observed, RunValues expected, RunValues significance, double? shift, double? sigma, double? p) => new()
        {
            EpsilonB = epsilon,
            EpsilonBEffective = epsilon,
            Flags = [],
            NObs = observed,
            NExp = expected,
            NTemplatePass = expected,
            DeltaSys = shift,
            SigmaSys = sigma,
            SigmaStat = 0.05,
            SigmaExp = 0.06,
            Significance = significance,
            PLocal = p,
            Reason = null,
        };

    private static WorkingPointResult Failed(double epsilon, string reason)
    {
        var nothing = new RunValues(null, null, [null, null], reason);
        return Point(epsilon, nothing, nothing, nothing, null, null, null) with
        {
            EpsilonBEffective = null,
            SigmaStat = null,
            SigmaExp = null,
            Reason = reason,
        };
    }

    private static RunValues Runs(double first, double second) =>
        new((first + second) / 2, Math.Abs(first - second) / Math.Sqrt(2), [first, second], null);
}
