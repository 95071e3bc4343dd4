using Sideband.Events.Readers.Hdf5.Format;

namespace Sideband.Events.Readers.Hdf5;

/// <summary>Tables without pandas: a dataset of records, or one vector a column.</summary>
internal static class PlainHdf5
{
    /// <summary>True for a vector of records.</summary>
    public static bool IsRecords(Hdf5Dataset dataset) => dataset.Type.Class == Hdf5Class.Compound && dataset.Space.Dimensions.Count == 1;

    /// <summary>True for a vector that may be a column.</summary>
    public static bool IsVector(Hdf5Dataset dataset) =>
        dataset.Type.Class != Hdf5Class.Compound && dataset.Space is { IsEmpty: false, Dimensions.Count: 1 };

    /// <summary>A dataset of records; a member that is an array of n numbers gives n columns NAME_0, NAME_1, ...</summary>
    public static Hdf5Layout Records(Hdf5Dataset dataset) => new(
        "HDF5, dataset of records",
        [
            Hdf5Columns.OfRecords(
                dataset,
                (name, length) => length == 1 ? [name] : [.. Enumerable.Range(0, length).Select(i => $"{name}_{i}")]),
        ],
        []);

    /// <summary>The members of a group that are vectors of the table's length, each being a column; all others are listed apart.</summary>
    public static Hdf5Layout Vectors(Hdf5File file, Hdf5Object group)
    {
        var vectors = new List<(string Name, Hdf5Dataset Dataset)>();
        var apart = new List<TableColumn>();
        foreach (var link in group.Links)
        {
            if (link.Kind == Hdf5LinkKind.External)
            {
                apart.Add(TableColumn.Apart(link.Name, $"a link into another file ({link.Target}), which is not followed"));
            }
            else if (group.Find(link.Name) is not { } item)
            {
                apart.Add(TableColumn.Apart(link.Name, "a link that leads nowhere"));
            }
            else if (item.IsDataset)
            {
                var dataset = new Hdf5Dataset(file, item.Header, link.Name);
                if (dataset.Obstacle is { } obstacle)
                {
                    apart.Add(TableColumn.Apart(link.Name, obstacle));
                }
                else if (IsVector(dataset))
                {
                    vectors.Add((link.Name, dataset));
                }
                else
                {
                    var shape = dataset.Space switch
                    {
                        { IsEmpty: true } => "nothing",
                        { Dimensions.Count: 0 } => "one value",
                        var space => string.Join(" x ", space.Dimensions),
                    };
                    apart.Add(TableColumn.Apart(link.Name, $"{dataset.Type.Name}, {shape}"));
                }
            }
        }

        var rows = TableLength.Of([.. vectors.Select(vector => vector.Dataset.Rows)]);
        apart.AddRange(vectors.Where(vector => vector.Dataset.Rows != rows)
            .Select(vector => TableColumn.Apart(vector.Name, TableLength.Reason(vector.Dataset.Type.Name, vector.Dataset.Rows, rows))));
        return new Hdf5Layout(
            "HDF5, one dataset a column",
            [.. vectors.Where(vector => vector.Dataset.Rows == rows).Select(vector => Hdf5Columns.OfMatrix(vector.Dataset, [vector.Name]))],
            [])
        {
            Apart = apart,
        };
    }
}
