using System.Text.Json.Nodes;

namespace Sideband.Reporting.Exports;

/// <summary>One table of a HEPData submission, format 1.1.1: JSON, of which YAML is a superset.</summary>
/// <param name="Name">At most 64 characters.</param>
/// <param name="File">Its file, from the submission's folder.</param>
/// <param name="Description">What is to be seen.</param>
/// <param name="Observables">For the keyword of that name.</param>
/// <param name="Independent">Columns that say where.</param>
/// <param name="Dependent">Columns of numbers, as long as these.</param>
internal sealed record HepDataTable(
    string Name,
    string File,
    string Description,
    IReadOnlyList<string> Observables,
    IReadOnlyList<JsonObject> Independent,
    IReadOnlyList<JsonObject> Dependent)
{
    public JsonObject Content => new()
    {
        ["independent_variables"] = new JsonArray([.. Independent.Select(column => column.DeepClone())]),
        ["dependent_variables"] = new JsonArray([.. Dependent.Select(column => column.DeepClone())]),
    };

    /// <summary>Intervals of a column.</summary>
    public static JsonObject Bins(string name, string? unit, IEnumerable<(double Low, double High)> bins) => new()
    {
        ["header"] = Header(name, unit),
        ["values"] = new JsonArray([.. bins.Select(bin => new JsonObject { ["low"] = bin.Low, ["high"] = bin.High })]),
    };

    /// <summary>Words or numbers of a column.</summary>
    public static JsonObject Values(string name, IEnumerable<JsonNode> values) => new()
    {
        ["header"] = Header(name, null),
        ["values"] = new JsonArray([.. values.Select(value => new JsonObject { ["value"] = value })]),
    };

    /// <summary>Numbers with symmetric errors; what is not defined is "-".</summary>
    /// <param name="name">Header.</param>
    /// <param name="qualifiers">Name, value and unit of what holds for the whole column.</param>
    /// <param name="values">Value and labelled errors.</param>
    /// <param name="unit">Unit of the values; null for a count or a ratio.</param>
    public static JsonObject Numbers(
        string name,
        IEnumerable<(string Name, JsonNode Value, string? Unit)> qualifiers,
        IEnumerable<(double? Value, (string Label, double? Error)[] Errors)> values,
        string? unit = null) => new()
        {
            ["header"] = Header(name, unit),
            ["qualifiers"] = new JsonArray([.. qualifiers.Select(qualifier => WithUnit(
                new JsonObject { ["name"] = qualifier.Name, ["value"] = qualifier.Value.DeepClone() }, qualifier.Unit))]),
            ["values"] = new JsonArray([.. values.Select(entry => Number(entry.Value, entry.Errors))]),
        };

    private static JsonObject Number(double? value, (string Label, double? Error)[] errors)
    {
        var entry = new JsonObject { ["value"] = value is { } number ? JsonValue.Create(number) : JsonValue.Create("-") };
        JsonNode[] known =
        [
            .. errors.Where(error => value is not null && error.Error is not null)
                .Select(error => new JsonObject { ["symerror"] = error.Error, ["label"] = error.Label }),
        ];
        if (known.Length > 0)
        {
            entry["errors"] = new JsonArray(known);
        }

        return entry;
    }

    private static JsonObject Header(string name, string? unit) => WithUnit(new JsonObject { ["name"] = name }, unit);

    private static JsonObject WithUnit(JsonObject entry, string? unit)
    {
        if (unit is not null)
        {
            entry["units"] = unit;
        }

        return entry;
    }
}
