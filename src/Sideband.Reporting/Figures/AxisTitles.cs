using System.Text.RegularExpressions;
using Sideband.Events;
using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>What stands at an axis: the quantity and its unit.</summary>
/// <param name="units">Units that the user gave, by column.</param>
public sealed partial class AxisTitles(IReadOnlyDictionary<string, string> units)
{
    private static readonly Dictionary<string, (string Symbol, string Unit)> Derived = new()
    {
        ["mjj"] = ("m_jj", "TeV"),
        ["mj1"] = ("m_J1, lighter jet", "TeV"),
        ["delta_mj"] = ("Δm_J", "TeV"),
        ["mj1_shifted"] = ("m_J1, lighter jet, shifted", "TeV"),
        ["delta_mj_shifted"] = ("Δm_J, shifted", "TeV"),
        ["delta_r"] = ("ΔR_JJ", ""),
    };

    /// <summary>A TeV is what mjj is derived in; a table whose own column mjj reaches hundreds has another unit.</summary>
    private const double MostTeV = 100;

    /// <summary>The resonant variable.</summary>
    public string Mass(ScanResult result) => Title(result.Mass, result.Windows.Max(window => window.High) < MostTeV);

    /// <summary>The other axis of a mass spectrum: events in a bin of this width.</summary>
    public string EventsPer(ScanResult result, double width)
    {
        var title = Mass(result);
        var unit = title.IndexOf('[', StringComparison.Ordinal) is >= 0 and var start ? " " + title[(start + 1)..^1] : "";
        return FormattableString.Invariant($"events per {width:G3}{(unit.StartsWith(" the", StringComparison.Ordinal) ? "" : unit)}");
    }

    /// <summary>A feature.</summary>
    public string Feature(ScanResult result, string name) =>
        Title(name, result.Mass == "mjj" && result.Windows.Max(window => window.High) < MostTeV);

    /// <summary>A feature without its unit, as a heading has it.</summary>
    public string FeatureName(ScanResult result, string name) => Feature(result, name).Split(" [")[0];

    private string Title(string name, bool derived)
    {
        if (units.TryGetValue(name, out var given))
        {
            return Drawn(given.Length == 0 ? name : $"{name} [{given}]");
        }

        if (derived && Ratio().Match(name) is { Success: true } ratio)
        {
            return $"τ{Labels.Subscript(ratio.Groups[1].Value)}, {(ratio.Groups[2].Value == "1" ? "lighter" : "heavier")} jet";
        }

        return derived && Derived.TryGetValue(name, out var known)
            ? known.Unit.Length == 0 ? known.Symbol : $"{known.Symbol} [{known.Unit}]"
            : Drawn($"{name} [the table's unit]");
    }

    // Vega-Lite puts titles into expressions as they are, where a backslash begins an escape: "\\x" would leave the figure undrawn.
    private static string Drawn(string title) => ShownText.Of(title).Replace('\\', '⧵');

    [GeneratedRegex("^tau([0-9]{2})_j([12])$")]
    private static partial Regex Ratio();
}
