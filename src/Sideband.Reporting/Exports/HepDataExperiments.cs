using System.Text.Json.Nodes;
using Sideband.Reporting.Terminal;
using Sideband.Reporting.Wording;
using Sideband.Search.Results;

namespace Sideband.Reporting.Exports;

/// <summary>The tables of what experiments beside a search gave: calibrated p-values and upper limits, each where it exists.</summary>
/// <param name="result">The search.</param>
/// <param name="unit">Unit of the mass; null where it is not known.</param>
/// <param name="energy">Qualifiers of every column.</param>
internal sealed class HepDataExperiments(ScanResult result, string? unit, (string Name, JsonNode Value, string? Unit)[] energy)
{
    /// <summary>Name of the table of p-values.</summary>
    public const string Calibrated = "Calibrated p-values";

    private string Summary => $"The search: {PValues.Summary(result, epsilon => $"eps_B = {Numbers.Efficiency(epsilon)}")}.";

    public IEnumerable<HepDataTable> All()
    {
        if (AreCalibrated(result))
        {
            yield return OfPValues();
        }

        if (result.PGlobal is { Number: { } number, EpsilonB: { } epsilon } global)
        {
            yield return OfLargest(result.Windows.First(window => window.Number == number), epsilon, global);
        }

        if (result.Limits.Count > 0)
        {
            yield return OfLimits();
        }
    }

    /// <summary>True where a window has a calibrated p-value at some working point.</summary>
    public static bool AreCalibrated(ScanResult result) => result.Windows.SelectMany(window => window.WorkingPoints)
        .Any(point => point.PLocalCalibrated is not null || point.PGlobal is not null);

    /// <summary>The columns of a calibrated p-value, with its kind, bound and extrapolation; none where there is no such value.</summary>
    /// <param name="name">What the p-value is.</param>
    /// <param name="qualifiers">Of every column of numbers.</param>
    /// <param name="values">One a row; null where there is none.</param>
    public static IEnumerable<JsonObject> Columns(
        string name, (string Name, JsonNode Value, string? Unit)[] qualifiers, IReadOnlyList<CalibratedPValueResult?> values)
    {
        if (values.All(p => p is null))
        {
            return [];
        }

        JsonObject Column(string what, Func<CalibratedPValueResult, double?> value) => HepDataTable.Numbers(
            name + what, qualifiers, values.Select(p => (p is null ? null : value(p), ((string, double?)[])[])));
        JsonObject Words(string what, Func<CalibratedPValueResult, string?> value) => HepDataTable.Values(
            name + what, values.Select(p => (JsonNode)((p is null ? null : value(p)) ?? Numbers.Undefined)));
        return
        [
            Column("", p => p.Value),
            Words(", kind", p => p.Kind),
            Words(", is an upper bound", p => YesOrNo(p.Value is null ? null : p.Bound)),
            Column(", extrapolated", p => p.Extrapolated?.Value),
            Column(", extrapolated, lower end", p => p.Extrapolated?.Low),
            Column(", extrapolated, upper end", p => p.Extrapolated?.High),
            Column(", experiments", p => p.Experiments),
            Column(", exceedances", p => p.Exceedances),
        ];
    }

    private HepDataTable OfPValues()
    {
        var cells = result.Windows.SelectMany(window => window.WorkingPoints.Select(point => (Window: window, Point: point))).ToArray();
        return new HepDataTable(
            Calibrated,
            "calibrated.yaml",
            "P-values of the significances by experiments without signal, local ones and those that are corrected for all windows and "
                + "background efficiencies. Where no experiment reaches the observed value p is an upper bound, with the normal "
                + "extrapolation (variance one standard error lower and higher) beside it. "
                + Summary + ExportCaveats.Description(result),
            ["P"],
            [
                HepDataTable.Bins(result.Mass, unit, cells.Select(cell => (cell.Window.Low, cell.Window.High))),
                Efficiencies(cells.Select(cell => cell.Point.EpsilonB)),
            ],
            [
                HepDataTable.Numbers(
                    "Significance", energy, cells.Select(cell => (cell.Point.Significance.Mean, ((string, double?)[])[]))),
                .. Columns("Local p-value", energy, [.. cells.Select(cell => cell.Point.PLocalCalibrated)]),
                .. Columns("Global p-value", energy, [.. cells.Select(cell => cell.Point.PGlobal)]),
            ]);
    }

    private HepDataTable OfLargest(WindowResult window, double epsilon, GlobalPValueResult global) => new(
        "Largest excess",
        "global.yaml",
        "The largest significance of the search, or the smallest p-value of a half-split, and its global p-value by experiments. "
            + Summary + ExportCaveats.Description(result),
        ["P"],
        [HepDataTable.Bins(result.Mass, unit, [(window.Low, window.High)]), Efficiencies([epsilon])],
        [
            HepDataTable.Numbers("Significance", energy, [(global.Largest, [])]),
            .. Columns("Global p-value", energy, [global.P]),
        ]);

    private HepDataTable OfLimits()
    {
        JsonObject Column(string name, Func<LimitResult, double?> value, string? unitOf = null) => HepDataTable.Numbers(
            name, energy, result.Limits.Select(limit => (value(limit), ((string, double?)[])[])), unitOf);
        JsonObject Words(string name, Func<LimitResult, string?> value) => HepDataTable.Values(
            name, result.Limits.Select(limit => (JsonNode)(value(limit) ?? Numbers.Undefined)));
        JsonObject Expected(string name, Func<ExpectedStrengthResult, double?> value) => Column(
            "Expected upper limit, " + name, limit => Cls(limit) is { } cls ? value(cls.Expected) : null);
        var crossSections = result.Limits.Any(limit => Cls(limit)?.Observed.CrossSection is not null);
        return new HepDataTable(
            "Upper limits",
            "limits.yaml",
            FormattableString.Invariant($"Upper limits at {result.Limits[0].Confidence:0.###} confidence by CLs, in signal events before ")
                + "any cut over all masses, from searches that were repeated with injected signal; expected ones of those without signal. "
                + "A limit beyond the largest strength tried is not defined." + ExportCaveats.Description(result),
            ["LIMIT"],
            [
                HepDataTable.Bins(result.Mass, unit, result.Limits.Select(limit => (limit.Low, limit.High))),
                Efficiencies(result.Limits.Select(limit => limit.EpsilonB)),
            ],
            [
                Column("Observed upper limit", limit => Cls(limit)?.Observed.Strength),
                Words("Observed limit lies beyond the largest strength tried", limit => YesOrNo(Cls(limit)?.Observed.Beyond)),
                Expected("median", expected => expected.Median),
                Expected("-2 sigma", expected => expected.LowTwo),
                Expected("-1 sigma", expected => expected.LowOne),
                Expected("+1 sigma", expected => expected.HighOne),
                Expected("+2 sigma", expected => expected.HighTwo),
                Column("Observed upper limit on S/sqrt(B) in the window", limit => Cls(limit)?.Observed.SignalToRootBackground),
                .. crossSections
                    ? [Column("Observed upper limit on the cross-section", limit => Cls(limit)?.Observed.CrossSection, "fb")]
                    : Array.Empty<JsonObject>(),
                Column("Fraction of the signal in the window", limit => limit.WindowFraction),
                Words("Remark", limit => limit.Reason),
            ]);
    }

    // The first rule is the one to quote; null where redraws are missing.
    private static LimitRuleResult? Cls(LimitResult limit) => limit.Rules is [var first, ..] ? first : null;

    private static string? YesOrNo(bool? value) => value is { } known ? (known ? "yes" : "no") : null;

    private static JsonObject Efficiencies(IEnumerable<double> values) =>
        HepDataTable.Values("background efficiency", values.Select(value => (JsonNode)value));
}
