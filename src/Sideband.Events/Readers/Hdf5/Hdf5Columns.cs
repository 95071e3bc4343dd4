using Sideband.Events.Readers.Hdf5.Format;

namespace Sideband.Events.Readers.Hdf5;

/// <summary>A number in each row of a dataset.</summary>
/// <param name="Column">Name and type.</param>
/// <param name="Offset">Bytes from the beginning of the row.</param>
/// <param name="Number">How it lies there; null where it cannot be read.</param>
internal sealed record Hdf5Column(TableColumn Column, int Offset, NumberType? Number);

/// <summary>A dataset that holds some of a table's columns.</summary>
internal sealed class Hdf5Columns
{
    private readonly Hdf5Dataset _dataset;
    private readonly int _rowBytes;

    /// <param name="dataset">Its first axis are the rows.</param>
    /// <param name="columns">In the dataset's order.</param>
    public Hdf5Columns(Hdf5Dataset dataset, IReadOnlyList<Hdf5Column> columns)
    {
        (_dataset, Columns) = (dataset, columns);
        if (IsNumeric)
        {
            dataset.Prepare();
            _rowBytes = (int)(dataset.RowLength * dataset.Type.Size);
        }
    }

    public IReadOnlyList<Hdf5Column> Columns { get; }

    public long Rows => _dataset.Rows;

    /// <summary>True where a column can be read.</summary>
    public bool IsNumeric => Columns.Any(column => column.Column.IsNumeric);

    /// <summary>One vector, or the columns of a rows x columns dataset.</summary>
    public static Hdf5Columns OfMatrix(Hdf5Dataset dataset, IReadOnlyList<string> names)
    {
        var type = dataset.Type;
        return new Hdf5Columns(
            dataset,
            [
                .. names.Select((name, i) => new Hdf5Column(
                    new TableColumn(name, type.Name, type.Number is not null),
                    i * type.Size,
                    type.Number)),
            ]);
    }

    /// <summary>A dataset of records; a member that is an array gives several columns.</summary>
    /// <param name="dataset">One axis, of a compound type.</param>
    /// <param name="name">The names of the columns of a member of that name and number of elements; none hides it.</param>
    /// <param name="typeOf">The type to show for a member instead of its own, or null.</param>
    public static Hdf5Columns OfRecords(
        Hdf5Dataset dataset, Func<string, int, IReadOnlyList<string>> name, Func<string, string?>? typeOf = null)
    {
        var columns = new List<Hdf5Column>();
        foreach (var member in dataset.Type.Members)
        {
            var element = member.Type is { Class: Hdf5Class.Array, Base: { } inner } ? inner : member.Type;
            var names = name(member.Name, member.Type.Count);
            var instead = typeOf?.Invoke(member.Name);
            columns.AddRange(names.Select((column, i) => new Hdf5Column(
                new TableColumn(column, instead ?? element.Name, instead is null && element.Number is not null),
                member.Offset + (i * element.Size),
                element.Number)));
        }

        return new Hdf5Columns(dataset, columns);
    }

    /// <summary>Reads rows [start, start + count) of the given columns, <paramref name="destination"/> having one array a column.</summary>
    /// <exception cref="InputDataException">A damaged dataset.</exception>
    public void Read(long start, int count, ReadOnlySpan<int> columns, ReadOnlySpan<double[]> destination)
    {
        for (var done = 0; done < count;)
        {
            var rows = _dataset.Read(start + done, count - done);
            var here = rows.Length / _rowBytes;
            for (var i = 0; i < columns.Length; i++)
            {
                var column = Columns[columns[i]];
                try
                {
                    column.Number!.Value.Extract(rows[column.Offset..], _rowBytes, destination[i].AsSpan(done, here));
                }
                catch (InvalidDataException error)
                {
                    throw _dataset.Wrong(column.Column.Name, start + done, error);
                }
            }

            done += here;
        }
    }
}
