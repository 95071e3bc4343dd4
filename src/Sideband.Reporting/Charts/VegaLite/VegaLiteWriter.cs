using System.Text.Json.Nodes;

namespace Sideband.Reporting.Charts.VegaLite;

/// <summary>
/// A chart as a Vega-Lite specification. Its data set is called "table", and its width "container": who draws it gives both.
/// </summary>
internal static class VegaLiteWriter
{
    // In the order of PointSymbol.
    private static readonly string[] Names = ["circle", "square", "cross", "diamond", "triangle-up", "triangle-down"];

    public static JsonObject Write(Chart chart)
    {
        if (chart.Facet is { } facet)
        {
            var row = new JsonObject
            {
                ["field"] = facet.Column,
                ["type"] = "nominal",
                ["sort"] = Json.Words(facet.Values),
                ["header"] = new JsonObject { ["labelOrient"] = "top", ["labelAnchor"] = "start", ["labelPadding"] = 4 },
            };
            return new JsonObject
            {
                ["data"] = Json.Table(),
                ["facet"] = new JsonObject { ["row"] = row },
                ["spacing"] = ChartStyle.FacetGap,
                ["spec"] = Unit(chart.Panels.Single()),
            };
        }

        if (chart.Panels is [var only])
        {
            var unit = Unit(only);
            unit["data"] = Json.Table();
            return unit;
        }

        return new JsonObject
        {
            ["data"] = Json.Table(),
            ["bounds"] = "flush",
            ["spacing"] = ChartStyle.PanelGap,
            ["vconcat"] = new JsonArray([.. chart.Panels.Select(Unit)]),
        };
    }

    /// <summary>Fonts, axes and colours of all figures, on white.</summary>
    public static JsonObject Style() => new()
    {
        ["font"] = ChartStyle.Font,
        ["view"] = new JsonObject { ["stroke"] = ChartColours.Soft, ["cursor"] = "default" },
        ["axis"] = new JsonObject
        {
            ["grid"] = false,
            ["domain"] = false,
            ["tickColor"] = ChartColours.Soft,
            ["tickSize"] = ChartStyle.TickLength,
            ["labelFontSize"] = ChartStyle.LabelSize,
            ["labelColor"] = ChartColours.Ink,
            ["labelFlush"] = false,
            ["titleFontSize"] = ChartStyle.TitleSize,
            ["titleFontWeight"] = "normal",
            ["titleColor"] = ChartColours.Ink,
            ["titlePadding"] = 8,
        },
        ["axisY"] = new JsonObject { ["minExtent"] = 38 },
        ["legend"] = new JsonObject
        {
            ["orient"] = "top",
            ["title"] = null,
            ["labelFontSize"] = ChartStyle.LabelSize,
            ["labelColor"] = ChartColours.Ink,
            ["labelLimit"] = 0,
            ["symbolSize"] = 90,
            ["columnPadding"] = 14,
            ["offset"] = 8,
        },
        ["header"] = new JsonObject
        {
            ["labelFontSize"] = ChartStyle.TitleSize,
            ["labelColor"] = ChartColours.Ink,
            ["title"] = null,
        },
        ["text"] = new JsonObject { ["fontSize"] = ChartStyle.LabelSize, ["color"] = ChartColours.Ink },
        ["range"] = new JsonObject { ["category"] = Json.Words(ChartColours.Palette) },
    };

    private static JsonObject Unit(Panel panel)
    {
        var encoding = new VegaLiteEncoding(panel);
        return new JsonObject
        {
            ["width"] = "container",
            ["height"] = panel.Height,
            ["layer"] = new JsonArray([.. panel.Marks.Select(mark => Layer(mark, encoding))]),
        };
    }

    private static JsonObject Layer(Mark mark, VegaLiteEncoding encoding)
    {
        var layer = new JsonObject();
        if (mark.IsAnnotation)
        {
            layer["data"] = new JsonObject { ["values"] = new JsonArray(new JsonObject()) };
        }
        else
        {
            layer["transform"] = new JsonArray(new JsonObject { ["filter"] = Filter(mark) });
        }

        layer["mark"] = Shape(mark);
        layer["encoding"] = encoding.Of(mark);
        return layer;
    }

    // To JavaScript, null is below 1.
    private static string Filter(Mark mark) => string.Join(
        " && ",
        mark.Places.Select(place => place.Column).OfType<string>()
            .Concat(mark.Where.Where(each => each.Comparison is Comparison.Above or Comparison.Below).Select(each => each.Column))
            .Distinct().Select(column => $"isValid(datum.{column})")
            .Concat(mark.Where.Select(each => $"datum.{each.Column} {Operator(each.Comparison)} {Literal(each.Value)}")));

    private static string Operator(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "==",
        Comparison.Different => "!=",
        Comparison.Above => ">",
        _ => "<",
    };

    private static string Literal(object value) => value switch
    {
        string word => $"'{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'",
        _ => FormattableString.Invariant($"{value}"),
    };

    private static JsonObject Shape(Mark mark)
    {
        var shape = new JsonObject { ["type"] = mark.Shape.ToString().ToLowerInvariant(), ["opacity"] = mark.Opacity };
        if (mark is { Shape: not MarkShape.Text, Offset: 0 })
        {
            shape["clip"] = true;
        }

        if (mark.Shape is MarkShape.Line or MarkShape.Rule || mark.IsHollow)
        {
            shape["strokeWidth"] = mark.Width;
        }

        if (mark.Shape == MarkShape.Point)
        {
            shape["filled"] = !mark.IsHollow;
            shape["size"] = mark.Size;
            if (mark.Symbol is { } symbol)
            {
                (shape["shape"], shape["yOffset"]) = (Names[(int)symbol], mark.Offset);
            }
        }

        if (mark.Shape == MarkShape.Text)
        {
            var isAfter = mark.TextPlace == TextPlace.After;
            (shape["align"], shape["baseline"]) = (isAfter ? "left" : "right", "bottom");
            (shape["dx"], shape["dy"]) = (isAfter ? 6 : -4, -2);
            if (mark.TextPlace == TextPlace.Along)
            {
                shape["angle"] = 270;
            }
        }

        if (mark.Dash != LineDash.None)
        {
            shape["strokeDash"] = Json.Numbers(ChartStyle.Dash(mark.Dash));
        }

        if (mark is { Colour: { } colour, Legend: null })
        {
            shape["color"] = colour;
        }

        return shape;
    }
}
