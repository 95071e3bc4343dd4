using System.Globalization;
using System.Text;
using CsvHelper;

namespace Sideband.Events.Readers;

/// <summary>
/// A text file of comma-separated values with a header line. Empty fields, <c>nan</c> and <c>NA</c> are missing values; <c>inf</c> is
/// infinite; <c>true</c> and <c>false</c> are 1 and 0. Rows are counted, and their fields, before any is read.
/// </summary>
internal sealed class CsvTable : TabularFile
{
    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    private readonly string _path;

    /// <exception cref="InputDataException">No header, a name twice, a row with a wrong number of fields, misplaced quotation marks.</exception>
    public CsvTable(string path)
        : base(path)
    {
        _path = path;
        using var reader = CsvReader.FromFile(path, Options);
        try
        {
            CheckHeader(reader.Headers);
            var columns = new List<TableColumn>();
            for (; reader.Read(); RowCount++)
            {
                if (reader.FieldCount != reader.Headers.Count)
                {
                    throw new InputDataException(
                        $"{FileName}: line {reader.LineNumber} has {reader.FieldCount} fields, the header has {reader.Headers.Count}");
                }

                if (RowCount == 0)
                {
                    columns.AddRange(reader.Headers.Select((name, i) => ColumnOf(name, reader, i)));
                }
            }

            Columns = columns.Count > 0 ? columns : [.. reader.Headers.Select(name => new TableColumn(name, "number", IsNumeric: true))];
        }
        catch (CsvFormatException error)
        {
            throw new InputDataException($"{FileName}: line {error.LineNumber}: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    public override string Format => "CSV";

    public override IReadOnlyList<TableColumn> Columns { get; }

    public override long RowCount { get; }

    protected override IEnumerable<ColumnBatch> ReadColumns(int[] columns, long start, long until)
    {
        using var reader = CsvReader.FromFile(_path, Options);
        var batch = NewBatch(columns.Length, until - start);
        var count = 0;
        for (long row = 0; row < until && reader.Read(); row++)
        {
            if (row < start)
            {
                continue;
            }

            for (var i = 0; i < columns.Length; i++)
            {
                batch[i][count] = Number(reader, columns[i], row);
            }

            if (++count == BatchRows || row == until - 1)
            {
                yield return new ColumnBatch(row + 1 - count, count, batch);
                count = 0;
            }
        }
    }

    private double Number(CsvReader reader, int column, long row) => TryParse(reader.GetSpan(column), out var value)
        ? value
        : throw new InputDataException(
            $"{FileName}: column '{Columns[column].Name}', line {reader.LineNumber} (row {row}): '{reader.GetString(column)}' is not a number");

    /// <summary>The type of a text column shows in its first row; a text further down is an error when that column is read.</summary>
    private static TableColumn ColumnOf(string name, CsvReader reader, int index) => TryParse(reader.GetSpan(index), out _)
        ? new TableColumn(name, "number", IsNumeric: true)
        : new TableColumn(name, $"text ('{reader.GetString(index)}' in row 0, line {reader.LineNumber})", IsNumeric: false);

    private void CheckHeader(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            throw new InputDataException($"{FileName}: the file is empty");
        }

        if (names.All(name => TryParse(Encoding.UTF8.GetBytes(name), out _)))
        {
            throw new InputDataException($"{FileName}: no header line: line 1 holds numbers where the column names should stand");
        }

        if (names.Count == 1 && names[0].AsSpan().IndexOfAny(';', '\t') >= 0)
        {
            throw new InputDataException($"{FileName}: line 1 has no comma; columns must be separated by commas");
        }

        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InputDataException($"{FileName}: the header names column '{twice.Key}' {twice.Count()} times");
        }
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        (var known, value) = Encoding.UTF8.GetString(text).ToUpperInvariant() switch
        {
            "" or "NA" or "N/A" or "NULL" or "NONE" => (true, double.NaN),
            "INF" or "+INF" => (true, double.PositiveInfinity),
            "-INF" => (true, double.NegativeInfinity),
            "TRUE" => (true, 1.0),
            "FALSE" => (true, 0.0),
            _ => (false, 0.0),
        };
        return known;
    }
}
