using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Sideband.Search.Results.Files;

/// <summary>The JSON Schema of results.json, made from the records that are written, and published as schema/sideband.scan.json.</summary>
public static class ResultsSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as text, with a line feed at its end.</summary>
    public static string Text()
    {
        var schema = ResultsJson.Options.GetJsonSchemaAsNode(
            typeof(ScanResult), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).AsObject();
        schema["properties"]!["schema"] = new JsonObject { ["const"] = ScanResult.SchemaName };
        schema["required"] = new JsonArray([.. schema["properties"]!.AsObject().Select(property => (JsonNode)property.Key)]);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "results.json of a search, schema " + ScanResult.SchemaName);
        return schema.ToJsonString(Indented) + "\n";
    }
}
