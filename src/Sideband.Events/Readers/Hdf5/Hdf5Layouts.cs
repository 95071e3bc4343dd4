namespace Sideband.Events.Readers.Hdf5;

/// <summary>How a table lies in an HDF5 file.</summary>
/// <param name="Format">As <see cref="TabularFile.Format"/>.</param>
/// <param name="Blocks">The datasets that hold the columns.</param>
/// <param name="ColumnOrder">Names in the frame's order where the file says it; columns that are not named follow.</param>
internal sealed record Hdf5Layout(string Format, IReadOnlyList<Hdf5Block> Blocks, IReadOnlyList<string> ColumnOrder);

/// <summary>Finds the table of a file: pandas' fixed and table layouts, a dataset of records, or vectors of equal length in a group.</summary>
internal static class Hdf5Layouts
{
    /// <summary>The key of the LHC Olympics files, taken where a file holds several tables.</summary>
    private const string PreferredKey = "df";

    /// <exception cref="InputDataException">No table or more than one.</exception>
    public static Hdf5Layout Find(Hdf5Id file, string fileName)
    {
        var tables = new List<string>();
        CollectTables(file, "", tables);
        var key = tables.Count switch
        {
            0 => throw new InputDataException($"{fileName}: holds no table (a pandas frame, a dataset of records, or vectors of equal length)"),
            1 => tables[0],
            _ when tables.Contains(PreferredKey) => PreferredKey,
            _ => throw new InputDataException(
                $"{fileName}: holds {tables.Count} tables ({string.Join(", ", tables)}); keep one, or call it '{PreferredKey}'"),
        };
        if (key.Length == 0)
        {
            return PlainHdf5.Vectors(file, fileName);
        }

        using var item = Hdf5Tree.Open(file, key);
        return Hdf5Tree.IsDataset(item) ? PlainHdf5.Records(file, key, fileName)
            : Hdf5Tree.TextAttribute(item, "pandas_type") is { } type ? OpenPandas(item, type, key, fileName)
            : PlainHdf5.Vectors(item, fileName);
    }

    private static Hdf5Layout OpenPandas(Hdf5Id group, string type, string key, string fileName) => type switch
    {
        "frame" => PandasFixed.Open(group, fileName),
        "frame_table" => PandasTable.Open(group, fileName),
        _ => throw new InputDataException($"{fileName}: key '{key}' holds a pandas '{type}', not a data frame"),
    };

    /// <summary>Paths of all tables below a group; "" is the root group itself.</summary>
    private static void CollectTables(Hdf5Id group, string path, List<string> tables)
    {
        if (Hdf5Tree.TextAttribute(group, "pandas_type") is not null)
        {
            tables.Add(path);
            return;
        }

        var hasVectors = false;
        foreach (var member in Hdf5Tree.Members(group))
        {
            using var item = Hdf5Tree.Open(group, member);
            var memberPath = path.Length == 0 ? member : $"{path}/{member}";
            if (Hdf5Tree.IsGroup(item))
            {
                CollectTables(item, memberPath, tables);
            }
            else if (Hdf5Tree.IsDataset(item))
            {
                switch (PlainHdf5.KindOf(item))
                {
                    case PlainHdf5.Kind.Records:
                        tables.Add(memberPath);
                        break;
                    case PlainHdf5.Kind.Vector:
                        hasVectors = true;
                        break;
                }
            }
        }

        if (hasVectors)
        {
            tables.Add(path);
        }
    }
}
