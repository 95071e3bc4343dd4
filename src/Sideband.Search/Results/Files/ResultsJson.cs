using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sideband.Events;
using Sideband.Events.Writers;

namespace Sideband.Search.Results.Files;

/// <summary>results.json: a <see cref="ScanResult"/> with snake_case names and shortest round-trip numbers.</summary>
public static class ResultsJson
{
    internal static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string path, ScanResult result) =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, result, Options));

    /// <exception cref="InputDataException">Not the results of a search.</exception>
    public static ScanResult Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<ScanResult>(stream, Options) is { Schema: ScanResult.SchemaName } result
                ? result
                : throw new InputDataException($"{path}: not results of a search; the schema must be '{ScanResult.SchemaName}'");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputDataException($"{path}: cannot be read as results of a search: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }
}
