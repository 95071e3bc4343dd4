namespace Sideband.Events.Readers.Hdf5;

/// <summary>Tables without pandas: a dataset of records, or one vector a column.</summary>
internal static class PlainHdf5
{
    internal enum Kind
    {
        Other,
        Records,
        Vector,
    }

    /// <summary>What a dataset can serve as.</summary>
    public static Kind KindOf(Hdf5Id dataset)
    {
        using var space = NativeHdf5.H5Dget_space(dataset);
        using var type = NativeHdf5.H5Dget_type(dataset);
        return NativeHdf5.H5Sget_simple_extent_ndims(space) != 1 ? Kind.Other
            : NativeHdf5.H5Tget_class(type) == 6 ? Kind.Records
            : Kind.Vector;
    }

    /// <summary>A dataset of records; a member that is an array of n numbers gives n columns NAME_0, NAME_1, ...</summary>
    public static Hdf5Layout Records(Hdf5Id parent, string key, string fileName)
    {
        var block = new CompoundBlock(
            new Hdf5Dataset(parent, key, fileName),
            (name, element, length) => Enumerable.Range(0, length)
                .Select(i => new TableColumn(length == 1 ? name : $"{name}_{i}", element.TypeName, element.IsNumeric)));
        return new Hdf5Layout("HDF5, dataset of records", [block], []);
    }

    /// <summary>All one-dimensional datasets of a group, each being a column.</summary>
    public static Hdf5Layout Vectors(Hdf5Id group, string fileName)
    {
        var blocks = new List<Hdf5Block>();
        foreach (var member in Hdf5Tree.Members(group))
        {
            using var item = Hdf5Tree.Open(group, member);
            if (Hdf5Tree.IsDataset(item) && KindOf(item) == Kind.Vector)
            {
                blocks.Add(new MatrixBlock(new Hdf5Dataset(group, member, fileName), [member]));
            }
        }

        return new Hdf5Layout("HDF5, one dataset a column", blocks, []);
    }
}
