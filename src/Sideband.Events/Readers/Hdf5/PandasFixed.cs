using System.Globalization;

namespace Sideband.Events.Readers.Hdf5;

/// <summary>
/// pandas' fixed layout: <c>axis0</c> holds the column names in the frame's order, <c>blockK_items</c> and <c>blockK_values</c> the
/// names and the numbers (rows x columns) of the columns of one type. The place of a column follows from its block's items alone.
/// </summary>
internal static class PandasFixed
{
    public static Hdf5Layout Open(Hdf5Id group, string fileName)
    {
        if (Hdf5Tree.TextAttribute(group, "axis0_variety") == "multi")
        {
            throw new InputDataException($"{fileName}: the frame's columns have several levels (a MultiIndex); one name a column is needed");
        }

        var blocks = new List<Hdf5Block>();
        var members = Hdf5Tree.Members(group);
        for (var k = 0; members.Contains(string.Create(CultureInfo.InvariantCulture, $"block{k}_values")); k++)
        {
            blocks.Add(OpenBlock(group, $"block{k}", fileName));
        }

        using var axis = new Hdf5Dataset(group, "axis0", fileName);
        return new Hdf5Layout("pandas HDF5, fixed layout", blocks, axis.ReadNames());
    }

    private static MatrixBlock OpenBlock(Hdf5Id group, string block, string fileName)
    {
        using var items = new Hdf5Dataset(group, $"{block}_items", fileName);
        var names = items.ReadNames();
        var values = new Hdf5Dataset(group, $"{block}_values", fileName);
        if (values.Element.IsNumeric && values.RowLength != names.Count)
        {
            throw new InputDataException(
                $"{fileName}: {block} names {names.Count} columns and holds {values.RowLength} (a frame without rows, or a damaged file)");
        }

        return new MatrixBlock(values, names);
    }
}
