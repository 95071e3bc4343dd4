using System.Text.Json;
using Sideband.Events;

namespace Sideband.Search.Results.Files;

/// <summary>The arrays of summary/window_N.json.</summary>
/// <param name="Arrays">By name.</param>
public sealed record WindowArrays(IReadOnlyDictionary<string, SummaryValues> Arrays)
{
    public const string SchemaName = "sideband.summary/1";

    /// <summary>An array, or null where the search had nothing to put there.</summary>
    public SummaryValues? Find(string name) => Arrays.GetValueOrDefault(name);

    /// <summary>An array that every summary has.</summary>
    /// <exception cref="InputDataException">It is missing.</exception>
    public SummaryValues this[string name] =>
        Find(name) ?? throw new InputDataException($"summary: no array '{name}'; 'sideband collect DIR' writes the summary again");

    /// <exception cref="InputDataException">Not a summary, or a damaged one.</exception>
    public static WindowArrays Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var summary = JsonSerializer.Deserialize<SummaryFile>(stream, JsonSerializerOptions.Web);
            if (summary is not { Schema: SchemaName, Arrays: { } arrays })
            {
                throw new InputDataException($"{path}: not the summary of a window; the schema must be '{SchemaName}'");
            }

            return arrays.FirstOrDefault(entry => !entry.Value.IsConsistent) is { Key: { } damaged }
                ? throw new InputDataException($"{path}: array '{damaged}': shape and number of values do not agree")
                : new WindowArrays(arrays);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputDataException(
                $"{path}: cannot be read as the summary of a window: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    private sealed record SummaryFile(string? Schema, Dictionary<string, SummaryValues>? Arrays);
}

/// <summary>One array, row-major; null stands for a number that is not defined.</summary>
public sealed record SummaryValues(int[] Shape, double?[] Values)
{
    internal bool IsConsistent =>
        Shape is not null && Values is not null && Shape.Aggregate(1L, (product, length) => product * length) == Values.Length;

    /// <summary>Row <paramref name="index"/> of a matrix.</summary>
    public double?[] Row(int index) => [.. Values.Skip(index * Shape[1]).Take(Shape[1])];

    public static implicit operator double?[](SummaryValues values) => values.Values;
}
