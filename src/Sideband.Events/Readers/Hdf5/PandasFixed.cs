using System.Globalization;
using Sideband.Events.Readers.Hdf5.Format;

namespace Sideband.Events.Readers.Hdf5;

/// <summary>
/// pandas' fixed layout: <c>axis0</c> holds the column names in the frame's order, <c>axis1</c> the index, <c>blockK_items</c> and
/// <c>blockK_values</c> the names and the numbers (rows x columns) of the columns of one type. The place of a column follows from its
/// block's items alone.
/// </summary>
internal static class PandasFixed
{
    public static Hdf5Layout Open(Hdf5Object group, string fileName)
    {
        if (group.Attribute("axis0_variety") == "multi")
        {
            throw new InputDataException(
                $"{fileName}: the frame's columns have several levels (a MultiIndex); one name a column is needed");
        }

        var blocks = new List<Hdf5Columns>();
        for (var k = 0; Has(group, string.Create(CultureInfo.InvariantCulture, $"block{k}_values")); k++)
        {
            blocks.Add(OpenBlock(group, $"block{k}", fileName));
        }

        var order = group.Dataset("axis0").ReadNames();
        if (order.Except(blocks.SelectMany(block => block.Columns).Select(column => column.Column.Name)).FirstOrDefault() is { } missing)
        {
            throw new InputDataException($"{fileName}: the values of column '{missing}' are missing: the file is damaged");
        }

        var rows = Has(group, "axis1") ? group.Dataset("axis1").Rows : (long?)null;
        if (blocks.FirstOrDefault(block => block.IsNumeric && rows is not null && block.Rows != rows) is { } odd)
        {
            throw new InputDataException(
                $"{fileName}: column '{odd.Columns[0].Column.Name}' has {odd.Rows} rows, the frame's index {rows}: the file is damaged");
        }

        return new Hdf5Layout("pandas HDF5, fixed layout", blocks, order);
    }

    private static bool Has(Hdf5Object group, string member) => group.Links.Any(link => link.Name == member);

    private static Hdf5Columns OpenBlock(Hdf5Object group, string block, string fileName)
    {
        var names = group.Dataset($"{block}_items").ReadNames();
        var values = group.Dataset($"{block}_values");
        if (values.Type.Number is not null && (values.RowLength != names.Count || values.Space.Dimensions.Count != 2))
        {
            throw new InputDataException(
                $"{fileName}: {block} names {names.Count} columns and holds {string.Join(" x ", values.Space.Dimensions)} values "
                + "(a frame without rows, or a damaged file)");
        }

        return Hdf5Columns.OfMatrix(values, names);
    }
}
