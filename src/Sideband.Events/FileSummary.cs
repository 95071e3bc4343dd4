namespace Sideband.Events;

/// <summary>One column of a file, or one feature derived from its columns.</summary>
/// <param name="Name">Unique among columns, and among derived features.</param>
/// <param name="Type">As the file says ("float32"); "derived" for a derived feature.</param>
/// <param name="Minimum">Over finite values; null where there are none, as for text.</param>
/// <param name="Maximum">Likewise.</param>
/// <param name="Mean">Likewise.</param>
/// <param name="NaNCount">Missing values.</param>
/// <param name="InfiniteCount">Infinite values.</param>
/// <param name="MassCorrelation">
/// Pearson correlation with the mass over all rows where both are finite; null where one does not vary.
/// </param>
public sealed record ColumnSummary(
    string Name, string Type, double? Minimum, double? Maximum, double? Mean, long NaNCount, long InfiniteCount, double? MassCorrelation)
{
    /// <summary>What makes the column a bad feature, in words: one value alone, or one that single precision loses; else null.</summary>
    public string? Remark { get; init; }
}

/// <summary>Counts in bins of equal width; the last bin includes its upper edge.</summary>
/// <param name="Mass">Name of the mass.</param>
/// <param name="Low">Lower edge of the first bin, the smallest mass.</param>
/// <param name="High">Upper edge of the last bin, the largest mass.</param>
/// <param name="Counts">One entry a bin.</param>
public sealed record MassHistogram(string Mass, double Low, double High, IReadOnlyList<long> Counts);

/// <summary>What is in a file: the content of <c>sideband inspect</c>.</summary>
/// <param name="FileName">Name without folder, and the row range where one was given.</param>
/// <param name="Format">"pandas HDF5, fixed layout", for example.</param>
/// <param name="RowCount">Rows that were read.</param>
/// <param name="Columns">In the file's order.</param>
/// <param name="Derived">Features that can be derived from the columns.</param>
/// <param name="Background">Rows with label 0; null where there is no label.</param>
/// <param name="Signal">Rows with label 1, likewise.</param>
/// <param name="Spectrum">Null where there is no mass.</param>
/// <param name="FeatureSets">Names of the sets of features that the file can serve.</param>
public sealed record FileSummary(
    string FileName,
    string Format,
    long RowCount,
    IReadOnlyList<ColumnSummary> Columns,
    IReadOnlyList<ColumnSummary> Derived,
    long? Background,
    long? Signal,
    MassHistogram? Spectrum,
    IReadOnlyList<string> FeatureSets)
{
    /// <summary>
    /// What lies in the file beside the table and is left alone, with its type and shape: a scalar, a short array, a matrix.
    /// </summary>
    public IReadOnlyList<ColumnSummary> Apart { get; init; } = [];

    /// <summary>Rows with label -1, likewise; where there are any, a search takes all labels of the file for unknown.</summary>
    public long? Unknown { get; init; }

    /// <summary>Reads the whole file once.</summary>
    /// <param name="path">Any file that <see cref="EventReader"/> reads.</param>
    /// <param name="mass">Column or derivable feature; null takes mjj where it is there.</param>
    /// <exception cref="InputDataException">A file that cannot be read, a mass that is not there.</exception>
    public static FileSummary Of(string path, string? mass = null) => Of(new EventFileSpec(path), mass);

    /// <summary>Reads rows of a file once.</summary>
    /// <param name="spec">File and rows.</param>
    /// <param name="mass">Column or derivable feature; null takes mjj where it is there.</param>
    /// <exception cref="InputDataException">A file that cannot be read, a mass that is not there.</exception>
    /// <exception cref="ConfigurationException">A row range outside the file.</exception>
    public static FileSummary Of(EventFileSpec spec, string? mass = null)
    {
        using var file = Readers.TabularFiles.Open(spec.Path);
        if (spec is { Start: 0, End: null })
        {
            return new FileSummaryBuilder(file, mass).Build(0, file.RowCount);
        }

        var summary = new FileSummaryBuilder(file, mass).Build(spec.Start, spec.EndIn(file.RowCount));
        return summary with { FileName = (spec with { Path = summary.FileName }).ToString() };
    }
}
