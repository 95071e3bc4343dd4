using Sideband.Events;

namespace Sideband.Search.Results.Files;

/// <summary>results.json: a <see cref="ScanResult"/> with snake_case names and shortest round-trip numbers.</summary>
public static class ResultsJson
{
    public static void Write(string path, ScanResult result) => JsonFile.Write(path, result);

    /// <exception cref="InputDataException">Not the results of a search, or not as their schema says.</exception>
    public static ScanResult Read(string path) => JsonFile.Read<ScanResult>(path, ScanResult.SchemaName, "results of a search");
}
