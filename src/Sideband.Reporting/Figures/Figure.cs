using System.Text.Json.Nodes;
using Sideband.Reporting.Charts;
using Sideband.Reporting.Charts.VegaLite;

namespace Sideband.Reporting.Figures;

/// <summary>One picture of a report: what is drawn, and the numbers.</summary>
/// <param name="Kind">What it shows; the figures of one kind stand in one place of the page, one a run and window.</param>
/// <param name="Window">The window that it shows, or null where it shows all.</param>
/// <param name="Title">A heading.</param>
/// <param name="Caption">What is to be seen, with the definition of what is drawn.</param>
/// <param name="Chart">What is drawn, by the names of the columns.</param>
/// <param name="Data">The numbers that are drawn.</param>
public sealed record Figure(string Kind, int? Window, string Title, string Caption, Chart Chart, FigureTable Data)
{
    /// <summary>Name of its files, made of letters, digits and underscores whatever the columns of the data are called.</summary>
    public string FileName => Window is { } window ? FormattableString.Invariant($"{Kind}_window_{window}") : Kind;

    /// <summary>Vega-Lite without data, style and width.</summary>
    public JsonObject Specification() => VegaLiteWriter.Write(Chart);

    /// <summary>The specification with data and a style, as any Vega-Lite program draws it.</summary>
    /// <param name="width">Width of the plotting area, pixels.</param>
    public JsonObject Standalone(int width)
    {
        var whole = Specification();
        whole["$schema"] = "https://vega.github.io/schema/vega-lite/v6.json";
        whole["background"] = "white";
        whole["config"] = VegaLiteWriter.Style();
        whole["datasets"] = new JsonObject { ["table"] = Data.ToObjects() };
        SetWidth(whole, width);
        return whole;
    }

    // Where the specification says "container" the page puts what it has room for.
    private static void SetWidth(JsonObject node, int width)
    {
        if (node["width"] is JsonValue value && value.TryGetValue<string>(out var text) && text == "container")
        {
            node["width"] = width;
        }

        foreach (var child in (node["vconcat"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            SetWidth(child, width);
        }

        if (node["spec"] is JsonObject inner)
        {
            SetWidth(inner, width);
        }
    }
}
