using System.Text;
using CsvHelper;

namespace Sideband.Events.Readers.Text;

/// <summary>
/// A text file of separated values with a line of names. Empty fields, <c>nan</c> and <c>NA</c> are missing values; <c>inf</c> is
/// infinite; <c>true</c> and <c>false</c> are 1 and 0. Rows are counted, and their fields, before any is read.
/// </summary>
internal sealed class TextTable : TabularFile
{
    private const int LongestLine = 1 << 24;
    private readonly TextLayout _layout;
    private readonly CsvReaderOptions _options;

    /// <exception cref="InputDataException">
    /// No header, a name twice, a row with a wrong number of fields, misplaced quotation marks.
    /// </exception>
    public TextTable(string path)
        : base(path)
    {
        _layout = new TextLayout(path);
        _options = new CsvReaderOptions
        {
            Separator = _layout.Separator,
            HasHeader = _layout.Names is null,
            CommentPrefix = TextLayout.Comment,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MaxRecordSize = LongestLine,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        using var reader = Guard(() => CsvReader.Create(_layout.Open(), _options, false));
        var names = Guard(() => _layout.Names ?? reader.Headers);
        CheckHeader(names);
        var columns = new List<TableColumn>();
        for (; Guard(reader.Read); RowCount++)
        {
            if (reader.FieldCount != names.Count)
            {
                throw new InputDataException(
                    $"{FileName}: line {reader.LineNumber} has {reader.FieldCount} fields, the header has {names.Count}");
            }

            if (RowCount == 0)
            {
                columns.AddRange(names.Select((name, i) => ColumnOf(name, reader, i)));
            }
        }

        Columns = columns.Count > 0 ? columns : [.. names.Select(name => new TableColumn(name, "number", IsNumeric: true))];
    }

    public override string Format => _layout.Format;

    public override IReadOnlyList<TableColumn> Columns { get; }

    public override long RowCount { get; }

    protected override IEnumerable<ColumnBatch> ReadColumns(int[] columns, long start, long until)
    {
        using var reader = Guard(() => CsvReader.Create(_layout.Open(), _options, false));
        var batch = NewBatch(columns.Length, until - start);
        var count = 0;
        for (long row = 0; row < until && Guard(reader.Read); row++)
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

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException error)
        {
            throw new InputDataException($"{FileName}: line {error.LineNumber}: {error.Message.ReplaceLineEndings(" ")}", error);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new InputDataException($"{FileName}: cut short or damaged: {error.Message}", error);
        }
    }

    private double Number(CsvReader reader, int column, long row) => TextNumber.TryParse(reader.GetSpan(column), out var value)
        ? value
        : throw new InputDataException(
            $"{FileName}: column '{Columns[column].Name}', line {reader.LineNumber} (row {row}): "
            + $"'{reader.GetString(column)}' is not a number");

    /// <summary>The type of a text column shows in its first row; a text further down is an error when that column is read.</summary>
    private static TableColumn ColumnOf(string name, CsvReader reader, int index) => TextNumber.TryParse(reader.GetSpan(index), out _)
        ? new TableColumn(name, "number", IsNumeric: true)
        : new TableColumn(name, $"text ('{reader.GetString(index)}' in row 0, line {reader.LineNumber})", IsNumeric: false);

    private void CheckHeader(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            throw new InputDataException($"{FileName}: the file is empty");
        }

        RequireModest(names);
        if (names.All(name => TextNumber.TryParse(Encoding.UTF8.GetBytes(name), out _)))
        {
            throw new InputDataException(
                $"{FileName}: no header line: line {_layout.HeaderLine} holds numbers where the column names should stand");
        }

        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InputDataException($"{FileName}: the header names column '{twice.Key}' {twice.Count()} times");
        }
    }
}
