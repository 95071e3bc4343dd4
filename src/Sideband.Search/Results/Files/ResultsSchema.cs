namespace Sideband.Search.Results.Files;

/// <summary>The JSON Schema of results.json, made from the records that are written, and published as schema/sideband.scan.json.</summary>
public static class ResultsSchema
{
    /// <summary>The schema as text, with a line feed at its end.</summary>
    public static string Text() =>
        JsonFile.Schema<ScanResult>(ScanResult.SchemaName, "results.json of a search, schema " + ScanResult.SchemaName);
}
