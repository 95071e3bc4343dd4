using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Sideband.Reporting.Figures;

/// <summary>The numbers of a figure: one row a mark, columns of numbers and words. Null stands for what is not defined.</summary>
public sealed class FigureTable(params string[] columns)
{
    private readonly List<object?[]> _rows = [];

    public IReadOnlyList<string> Columns { get; } = columns;

    public IReadOnlyList<IReadOnlyList<object?>> Rows => _rows;

    /// <param name="values">double, int or string, one a column.</param>
    public void Add(params object?[] values)
    {
        if (values.Length != Columns.Count)
        {
            throw new ArgumentException($"{values.Length} values for {Columns.Count} columns", nameof(values));
        }

        _rows.Add(values);
    }

    /// <summary>The finite numbers of a column.</summary>
    public IEnumerable<double> Numbers(string column)
    {
        var index = ((List<string>)[.. Columns]).IndexOf(column);
        return _rows.Select(row => row[index]).OfType<double>();
    }

    /// <summary>A number that only says where a mark ends, to 7 digits: what is measured keeps all of its own.</summary>
    public static double? Derived(double? value) =>
        value is { } number && double.IsFinite(number)
            ? double.Parse(number.ToString("G7", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : null;

    /// <summary>The rows as arrays.</summary>
    public JsonArray ToJson() => [.. _rows.Select(row => new JsonArray([.. row.Select(Node)]))];

    /// <summary>The rows as objects, as a Vega-Lite data set holds them.</summary>
    public JsonArray ToObjects() =>
        [.. _rows.Select(row => new JsonObject(row.Select((value, i) => KeyValuePair.Create(Columns[i], Node(value)))))];

    /// <summary>Comma-separated with a header line; what is not defined is empty.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder();
        text.AppendJoin(',', Columns.Select(Quoted)).Append('\n');
        foreach (var row in _rows)
        {
            text.AppendJoin(',', row.Select(value => Quoted(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""))).Append('\n');
        }

        return text.ToString();
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        double number => double.IsFinite(number) ? JsonValue.Create(number) : null,
        int whole => JsonValue.Create(whole),
        _ => JsonValue.Create((string)value),
    };
}
