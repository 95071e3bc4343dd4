using Sideband.Events;

namespace Sideband.Search.Results.Files;

/// <summary>The arrays of summary/window_N.json, fits_N.json and of the experiments of a calibration.</summary>
/// <param name="Arrays">By name.</param>
public sealed record WindowArrays(IReadOnlyDictionary<string, SummaryValues> Arrays)
{
    public const string SchemaName = "sideband.summary/1";

    /// <summary>The schema of summary/KIND.json, which <c>sideband calibrate</c> leaves.</summary>
    public const string ExperimentsSchemaName = "sideband.experiment_summary/1";

    /// <summary>An array, or null where the search had nothing to put there.</summary>
    public SummaryValues? Find(string name) => Arrays.GetValueOrDefault(name);

    /// <summary>An array that every summary has.</summary>
    /// <exception cref="InputDataException">It is missing.</exception>
    public SummaryValues this[string name] =>
        Find(name) ?? throw new InputDataException($"summary: no array '{name}'; 'sideband collect DIR' writes the summary again");

    /// <exception cref="InputDataException">Not a summary, or a damaged one.</exception>
    public static WindowArrays Read(string path) =>
        Checked(path, JsonFile.Read<SummaryFile>(path, SchemaName, "the summary of a window").Arrays);

    /// <summary>The arrays of the experiments of a calibration.</summary>
    /// <exception cref="InputDataException">Not such a summary, or a damaged one.</exception>
    public static WindowArrays ReadExperiments(string path) =>
        Checked(path, JsonFile.Read<ExperimentsFile>(path, ExperimentsSchemaName, "the experiments of a calibration").Arrays);

    /// <summary>Either of them, told apart by the file's name.</summary>
    /// <exception cref="InputDataException">Not a summary, or a damaged one.</exception>
    public static WindowArrays ReadAny(string path) =>
        new[] { "window_", "fits_" }.Any(start => Path.GetFileName(path).StartsWith(start, StringComparison.Ordinal))
            ? Read(path)
            : ReadExperiments(path);

    /// <summary>The JSON Schema of a summary, published as schema/sideband.summary.json.</summary>
    public static string Schema() => JsonFile.Schema<SummaryFile>(SchemaName, "summary/window_N.json of a search, schema " + SchemaName);

    private static WindowArrays Checked(string path, IReadOnlyDictionary<string, SummaryValues> arrays) =>
        arrays.FirstOrDefault(entry => !entry.Value.IsConsistent) is { Key: { } damaged }
            ? throw new InputDataException($"{path}: array '{damaged}': shape and number of values do not agree")
            : new WindowArrays(arrays);

    private sealed record ExperimentsFile(string Schema, string Kind, IReadOnlyDictionary<string, SummaryValues> Arrays);

    private sealed record SummaryFile(
        string Schema, int Number, double Low, double High, IReadOnlyDictionary<string, SummaryValues> Arrays);
}

/// <summary>One array with its meaning, row-major; null stands for a number that is not defined.</summary>
public sealed record SummaryValues(string Meaning, int[] Shape, double?[] Values)
{
    internal bool IsConsistent => Shape.All(length => length >= 0)
        && Shape.Aggregate(1.0, (product, length) => product * length) == Values.Length;

    /// <summary>Row <paramref name="index"/> of a matrix.</summary>
    public double?[] Row(int index) => [.. Values.Skip(index * Shape[1]).Take(Shape[1])];

    public static implicit operator double?[](SummaryValues values) => values.Values;
}
