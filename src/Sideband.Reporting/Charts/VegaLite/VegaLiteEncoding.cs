using System.Text.Json.Nodes;

namespace Sideband.Reporting.Charts.VegaLite;

/// <summary>Where and in what colours Vega-Lite draws the marks of a panel.</summary>
internal sealed class VegaLiteEncoding
{
    // Boxes, and all others, have one scale of legend names each.
    private readonly Panel _panel;
    private readonly Mark[] _boxes;
    private readonly Mark[] _others;

    public VegaLiteEncoding(Panel panel)
    {
        _panel = panel;
        var named = panel.Marks.Where(mark => mark.Legend is not null).DistinctBy(mark => mark.Legend).ToArray();
        _boxes = [.. named.Where(IsBox)];
        _others = [.. named.Where(mark => !IsBox(mark))];
    }

    public JsonObject Of(Mark mark)
    {
        var channels = new JsonObject
        {
            ["x"] = Channel(mark.X, _panel.X),
            ["y"] = mark.TextPlace == TextPlace.Along ? new JsonObject { ["value"] = 0 } : Channel(mark.Y, _panel.Y),
        };
        Add(channels, "x2", Second(mark.X2));
        Add(channels, "y2", Second(mark.Y2));
        Add(channels, "detail", mark.Detail is { } detail ? new JsonObject { ["field"] = detail } : null);
        Add(channels, "text", mark.Text is { } text ? new JsonObject { ["value"] = text } : null);
        Add(channels, "order", mark.Shape == MarkShape.Line ? new JsonObject { ["field"] = mark.X!.Column } : null);
        AddColours(channels, mark);
        if (mark.Tooltip.Count > 0)
        {
            channels["tooltip"] = new JsonArray([.. mark.Tooltip.Select(Shown)]);
        }

        return channels;
    }

    private static bool IsBox(Mark mark) => mark.Shape is MarkShape.Rect or MarkShape.Area;

    private static void Add(JsonObject channels, string name, JsonNode? value)
    {
        if (value is not null)
        {
            channels[name] = value;
        }
    }

    private static JsonObject? Channel(Place? place, Axis axis)
    {
        if (place is null)
        {
            return null;
        }

        var look = new JsonObject { ["values"] = Json.Numbers(axis.Ticks) };
        if (axis.HasLabels)
        {
            // The labels are written here, so that they are the same wherever the figure is drawn.
            var (labels, ticks) = (Json.Words(axis.Labels()).ToJsonString(), Json.Numbers(axis.Ticks).ToJsonString());
            look["labelExpr"] = $"{labels}[indexof({ticks}, datum.value)]";
        }
        else
        {
            look["labels"] = false;
        }

        var scale = new JsonObject { ["domain"] = Json.Numbers([axis.Low, axis.High]), ["nice"] = false };
        if (axis.IsLogarithmic)
        {
            (scale["type"], scale["clamp"]) = ("log", true);
        }
        else
        {
            scale["zero"] = false;
        }

        var channel = Second(place)!;
        channel["type"] = "quantitative";
        channel["title"] = axis.Title.Length > 0 ? axis.Title : null;
        channel["axis"] = look;
        channel["scale"] = scale;
        return channel;
    }

    private static JsonObject? Second(Place? place) => place switch
    {
        null => null,
        { Column: { } column } => new JsonObject { ["field"] = column },
        _ => new JsonObject { ["datum"] = place.Value },
    };

    private void AddColours(JsonObject channels, Mark mark)
    {
        if (mark is { Legend: { } name, Colour: not null })
        {
            var of = IsBox(mark) ? _boxes : _others;
            channels[IsBox(mark) ? "fill" : "color"] = new JsonObject
            {
                ["datum"] = name,
                ["type"] = "nominal",
                ["scale"] = new JsonObject
                {
                    ["domain"] = Json.Words(of.Select(other => other.Legend!)),
                    ["range"] = Json.Words(of.Select(other => other.Colour!)),
                },
                ["legend"] = new JsonObject { ["symbolType"] = IsBox(mark) ? "square" : "circle", ["symbolOpacity"] = 0.8 },
            };
        }
        else if (mark.Colour is null && _panel.Series is { } series)
        {
            // The legend of lines has long strokes; where symbols tell the series apart, it shows these, which would be as large.
            var hasStrokes = _panel.Marks.Any(other => other is { Shape: MarkShape.Line, Colour: null })
                && !_panel.Marks.Any(other => other is { Shape: MarkShape.Point, Colour: null, Symbol: null });
            channels["color"] = BySeries(series, null, hasStrokes);
            if (mark is { Shape: MarkShape.Point, Symbol: null })
            {
                channels["shape"] = BySeries(series, null, hasStrokes);
            }
            else if (mark.Shape == MarkShape.Line)
            {
                var dashes = series.Names.Select((_, i) => ChartStyle.DashOfSeries(i))
                    .Select(dash => (JsonNode)Json.Numbers(dash.Count > 0 ? dash : [1, 0]));
                channels["strokeDash"] = BySeries(series, [.. dashes], hasStrokes);
                if (!hasStrokes)
                {
                    // Dashes would break up the outlines of the symbols.
                    channels["strokeDash"]!["legend"] = null;
                }
            }
        }
    }

    private static JsonObject BySeries(Series series, JsonArray? range, bool hasStrokes)
    {
        var scale = new JsonObject { ["domain"] = Json.Words(series.Names) };
        Add(scale, "range", range);
        var legend = new JsonObject { ["symbolOpacity"] = 1 };
        if (hasStrokes)
        {
            (legend["symbolType"], legend["symbolStrokeWidth"]) = ("stroke", 2);
            (legend["symbolFillColor"], legend["symbolSize"]) = ("transparent", 300);
        }

        return new JsonObject { ["field"] = series.Column, ["type"] = "nominal", ["scale"] = scale, ["legend"] = legend };
    }

    private static JsonObject Shown((string Column, string? Format) entry)
    {
        var shown = new JsonObject { ["field"] = entry.Column };
        Add(shown, "format", entry.Format);
        return shown;
    }
}
