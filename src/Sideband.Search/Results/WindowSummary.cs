namespace Sideband.Search.Results;

/// <summary>Everything that a report needs about one window, as named arrays.</summary>
/// <param name="Number">The window's number.</param>
/// <param name="Low">Lower limit of the signal region.</param>
/// <param name="High">Upper limit.</param>
/// <param name="Arrays">In the order of the files.</param>
public sealed record WindowSummary(int Number, double Low, double High, IReadOnlyList<SummaryArray> Arrays);

/// <summary>What each experiment of one kind found, as named arrays.</summary>
/// <param name="Name">The kind, which is the file's name.</param>
/// <param name="Arrays">In the order of the files.</param>
public sealed record ExperimentSummary(string Name, IReadOnlyList<SummaryArray> Arrays);

/// <summary>An array with its meaning. NaN stands for a number that is not defined; JSON has null there.</summary>
/// <param name="Name">Key in the NPZ and JSON files.</param>
/// <param name="Meaning">One line: what it is, its unit and axes.</param>
/// <param name="Values">Row-major.</param>
/// <param name="Shape">Length of each axis.</param>
public sealed record SummaryArray(string Name, string Meaning, double[] Values, int[] Shape)
{
    public static SummaryArray Vector(string name, string meaning, double[] values) => new(name, meaning, values, [values.Length]);

    public static SummaryArray Matrix(string name, string meaning, IReadOnlyList<double[]> rows) =>
        new(name, meaning, [.. rows.SelectMany(row => row)], [rows.Count, rows.Count == 0 ? 0 : rows[0].Length]);
}
