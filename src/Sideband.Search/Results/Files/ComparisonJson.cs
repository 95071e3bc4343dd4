namespace Sideband.Search.Results.Files;

/// <summary>comparison.json: a <see cref="ComparisonResult"/>, and its JSON Schema, published as schema/sideband.compare.json.</summary>
public static class ComparisonJson
{
    /// <exception cref="Sideband.Events.Writers.OutputException">The file cannot be written.</exception>
    public static void Write(string path, ComparisonResult result) => JsonFile.Write(path, result);

    /// <exception cref="Sideband.Events.InputDataException">Not a comparison, or not as its schema says.</exception>
    public static ComparisonResult Read(string path) =>
        JsonFile.Read<ComparisonResult>(path, ComparisonResult.SchemaName, "a comparison of methods");

    /// <summary>The schema as text, with a line feed at its end.</summary>
    public static string Schema() => JsonFile.Schema<ComparisonResult>(
        ComparisonResult.SchemaName, "comparison.json of methods on one data set, schema " + ComparisonResult.SchemaName);
}
