namespace Sideband.Events.Readers;

/// <summary>A column as it stands in a file.</summary>
/// <param name="Name">Unique in the file.</param>
/// <param name="Type">
/// The field's name of the element type ("float32", "int64", "bool"), "number" in text files, or what it holds instead of numbers.
/// </param>
/// <param name="IsNumeric">False for text and other objects, which cannot be read.</param>
internal sealed record TableColumn(string Name, string Type, bool IsNumeric)
{
    /// <summary>True for what lies in the file beside the table, having another number of values than one a row.</summary>
    public bool IsApart { get; private init; }

    /// <summary>Something beside the table, and what it is.</summary>
    public static TableColumn Apart(string name, string what) => new(name, what, IsNumeric: false) { IsApart = true };
}

/// <summary>Consecutive rows of some columns. The arrays belong to the reader and are overwritten by the next batch.</summary>
/// <param name="FirstRow">Row number in the file, from 0, of the first row here.</param>
/// <param name="Count">Rows in the batch.</param>
/// <param name="Columns">[column][row], in the order that was asked for; true and false are 1 and 0, missing values NaN.</param>
internal readonly record struct ColumnBatch(long FirstRow, int Count, double[][] Columns);

/// <summary>
/// A file that holds a table. Columns are read in batches of rows, so that memory stays near the size of the columns used.
/// </summary>
internal abstract class TabularFile : IDisposable
{
    /// <summary>Rows in a batch: a few megabytes for the fifteen columns of a dijet file.</summary>
    internal const int BatchRows = 32768;

    // Far beyond any table of events; time and memory for columns that nobody uses grow with their square.
    private const int MostColumns = 10_000;
    private const int LongestName = 1_000;

    protected TabularFile(string path) => FileName = Path.GetFileName(path);

    /// <summary>Name without folder, as errors give it.</summary>
    public string FileName { get; }

    /// <summary>What kind of file it is: "pandas HDF5, fixed layout", for example.</summary>
    public abstract string Format { get; }

    /// <summary>What tells this table from others of its file; empty where a file holds one only.</summary>
    public virtual string Place => "";

    /// <summary>All columns in the file's order, readable or not; then what lies beside the table.</summary>
    public abstract IReadOnlyList<TableColumn> Columns { get; }

    public abstract long RowCount { get; }

    /// <summary>Reads the named columns over rows [<paramref name="start"/>, <paramref name="until"/>), in order, batch by batch.</summary>
    /// <exception cref="InputDataException">A column that is not there or does not hold numbers; a damaged file.</exception>
    public IEnumerable<ColumnBatch> Read(IReadOnlyList<string> names, long start, long until)
    {
        var indices = new int[names.Count];
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = IndexOf(names[i]);
            var column = Columns[indices[i]];
            if (!column.IsNumeric)
            {
                throw new InputDataException(column.IsApart
                    ? $"{FileName}: '{names[i]}' is not a column of the table: {column.Type}"
                    : $"{FileName}: column '{names[i]}' holds {column.Type}, not numbers");
            }
        }

        return ReadColumns(indices, start, until);
    }

    protected abstract IEnumerable<ColumnBatch> ReadColumns(int[] columns, long start, long until);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>The columns, none of which has the name of another.</summary>
    /// <exception cref="InputDataException">A name twice; more columns, or a longer name, than a table of events has.</exception>
    protected IReadOnlyList<TableColumn> RequireDistinct(IReadOnlyList<TableColumn> columns)
    {
        RequireModest([.. columns.Select(column => column.Name)]);
        return columns.GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new InputDataException($"{FileName}: {twice.Count()} columns are named '{twice.Key}'")
            : columns;
    }

    /// <summary>Refuses more columns, or longer names, than a table of events has, before anything is made for each.</summary>
    /// <exception cref="InputDataException">Too many, or too long.</exception>
    protected void RequireModest(IReadOnlyList<string> names)
    {
        if (names.Count > MostColumns)
        {
            throw new InputDataException($"{FileName}: {names.Count} columns; at most {MostColumns} are read");
        }

        if (names.FirstOrDefault(name => name.Length > LongestName) is { } longest)
        {
            throw new InputDataException(
                $"{FileName}: a column's name has {longest.Length} letters ('{longest[..20]}...'); at most {LongestName} are read");
        }
    }

    /// <summary>Rows [start, until) batch by batch.</summary>
    /// <param name="columns">Number of columns.</param>
    /// <param name="start">First row.</param>
    /// <param name="until">Row after the last.</param>
    /// <param name="fill">Puts rows into the batch: first row, number of rows, [column][row].</param>
    protected static IEnumerable<ColumnBatch> Batches(int columns, long start, long until, Action<long, int, double[][]> fill)
    {
        var batch = NewBatch(columns, until - start);
        for (var row = start; row < until; row += BatchRows)
        {
            var count = (int)Math.Min(BatchRows, until - row);
            fill(row, count, batch);
            yield return new ColumnBatch(row, count, batch);
        }
    }

    /// <summary>Buffers for a batch.</summary>
    protected static double[][] NewBatch(int columns, long rows)
    {
        var batch = new double[columns][];
        for (var i = 0; i < columns; i++)
        {
            batch[i] = new double[Math.Min(rows, BatchRows)];
        }

        return batch;
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == name)
            {
                return i;
            }
        }

        throw MissingColumn.Error(FileName, name, Columns.Select(column => column.Name));
    }
}
