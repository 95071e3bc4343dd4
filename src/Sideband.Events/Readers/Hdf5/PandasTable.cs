using Sideband.Events.Readers.Hdf5.Format;

namespace Sideband.Events.Readers.Hdf5;

/// <summary>
/// pandas' table layout: a dataset <c>table</c> of records. Member <c>values_block_K</c> is an array that holds several columns, whose
/// names stand in the attribute <c>values_block_K_kind</c> as a pickled list; each of the <c>data_columns</c> is a member of its own.
/// </summary>
internal static class PandasTable
{
    public static Hdf5Layout Open(Hdf5Object group, string fileName)
    {
        var table = group.Find("table")
            ?? throw new InputDataException($"{fileName}: '{group.Path}' has no dataset 'table': the file is damaged");
        var dataset = group.Dataset("table");
        if (dataset.Type.Class != Hdf5Class.Compound || dataset.Space.Dimensions.Count != 1)
        {
            throw new InputDataException(
                $"{fileName}: 'table' holds {string.Join(" x ", dataset.Space.Dimensions)} {dataset.Type.Name}, not one axis of records");
        }

        var order = PickledNames.Parse(group.Attribute("non_index_axes") ?? "") ?? [];
        var block = Hdf5Columns.OfRecords(
            dataset,
            (member, length) => member == "index" ? [] : NamesOf(table, member, length, fileName),

            // A categorical column holds the numbers of its categories, which mean nothing by themselves.
            member => table.Attribute($"{member}_meta")?.Contains("category", StringComparison.Ordinal) == true ? "categories" : null);
        return new Hdf5Layout("pandas HDF5, table layout", [block], order);
    }

    private static List<string> NamesOf(Hdf5Object table, string member, int length, string fileName)
    {
        var names = PickledNames.Parse(table.Attribute($"{member}_kind") ?? "");
        return names is { Count: > 0 } && names.Count == length ? names
            : length == 1 ? [member]
            : throw new InputDataException(
                $"{fileName}: the names of the {length} columns in '{member}' cannot be read from its attribute '{member}_kind'; "
                + "write the file again with format='fixed'");
    }
}
