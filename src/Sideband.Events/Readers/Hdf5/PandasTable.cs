namespace Sideband.Events.Readers.Hdf5;

/// <summary>
/// pandas' table layout: a dataset <c>table</c> of records. Member <c>values_block_K</c> is an array that holds several columns, whose
/// names stand in the attribute <c>values_block_K_kind</c> as a pickled list; each of the <c>data_columns</c> is a member of its own.
/// </summary>
internal static class PandasTable
{
    public static Hdf5Layout Open(Hdf5Id group, string fileName)
    {
        using var table = Hdf5Tree.Open(group, "table");
        var order = PickledNames.Parse(Hdf5Tree.TextAttribute(group, "non_index_axes") ?? "") ?? [];
        var block = new CompoundBlock(
            new Hdf5Dataset(group, "table", fileName),
            (member, element, length) => member == "index" ? [] : ColumnsOf(table, member, element, length, fileName));
        return new Hdf5Layout("pandas HDF5, table layout", [block], order);
    }

    private static IEnumerable<TableColumn> ColumnsOf(Hdf5Id table, string member, Hdf5Element element, int length, string fileName)
    {
        // A categorical column holds the numbers of its categories, which mean nothing by themselves.
        var isCategory = Hdf5Tree.TextAttribute(table, $"{member}_meta")?.Contains("category", StringComparison.Ordinal) == true;
        var (type, isNumeric) = isCategory ? ("categories", false) : (element.TypeName, element.IsNumeric);
        return NamesOf(table, member, length, fileName).Select(name => new TableColumn(name, type, isNumeric));
    }

    private static List<string> NamesOf(Hdf5Id table, string member, int length, string fileName)
    {
        var names = PickledNames.Parse(Hdf5Tree.TextAttribute(table, $"{member}_kind") ?? "");
        return names is { Count: > 0 } && names.Count == length ? names
            : length == 1 ? [member]
            : throw new InputDataException(
                $"{fileName}: the names of the {length} columns in '{member}' cannot be read from its attribute '{member}_kind'; "
                + "write the file again with format='fixed'");
    }
}
