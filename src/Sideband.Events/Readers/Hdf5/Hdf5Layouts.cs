using Sideband.Events.Readers.Hdf5.Format;

namespace Sideband.Events.Readers.Hdf5;

/// <summary>How a table lies in an HDF5 file.</summary>
/// <param name="Format">As <see cref="TabularFile.Format"/>.</param>
/// <param name="Blocks">The datasets that hold the columns.</param>
/// <param name="ColumnOrder">Names in the frame's order where the file says it; columns that are not named follow.</param>
internal sealed record Hdf5Layout(string Format, IReadOnlyList<Hdf5Columns> Blocks, IReadOnlyList<string> ColumnOrder)
{
    /// <summary>Path of the table in the file.</summary>
    public string Path { get; init; } = "";

    /// <summary>What lies beside the columns.</summary>
    public IReadOnlyList<TableColumn> Apart { get; init; } = [];
}

/// <summary>
/// Finds the table of a file: pandas' fixed and table layouts, a dataset of records, or vectors of equal length in a group.
/// </summary>
internal static class Hdf5Layouts
{
    /// <summary>The key of the LHC Olympics files, taken where a file holds several tables.</summary>
    private const string PreferredKey = "df";

    private const int DeepestGroup = 32;

    /// <param name="file">The file.</param>
    /// <param name="key">Path of the table, or null where there is one alone or one of the preferred name.</param>
    /// <exception cref="InputDataException">No table, more than one, or none of that path.</exception>
    public static Hdf5Layout Find(Hdf5File file, string? key)
    {
        var root = new Hdf5Object(file, file.RootHeader, "");
        if (key is not null && root.Find(key) is { } chosen)
        {
            return At(file, chosen);
        }

        var tables = new List<string>();
        CollectTables(file, root, [], [], tables);
        if (key is not null)
        {
            throw new InputDataException($"{file.Name}: no object '{key}' (tables: {string.Join(", ", tables.Select(Shown))})");
        }

        return tables.Count switch
        {
            0 => throw new InputDataException(
                $"{file.Name}: holds no table (a pandas frame, a dataset of records, or vectors of equal length)"),
            1 => At(file, root.Find(tables[0])!),
            _ when tables.Contains(PreferredKey) => At(file, root.Find(PreferredKey)!),
            _ => throw new InputDataException(
                $"{file.Name}: holds {tables.Count} tables ({string.Join(", ", tables.Select(Shown))}); "
                + $"choose one with {file.Name}:{Shown(tables[0])}"),
        };
    }

    private static string Shown(string path) => path.Length == 0 ? "/" : path;

    private static Hdf5Layout At(Hdf5File file, Hdf5Object item) => Open(file, item) with { Path = item.Path };

    private static Hdf5Layout Open(Hdf5File file, Hdf5Object item)
    {
        if (item.IsDataset)
        {
            var dataset = new Hdf5Dataset(file, item.Header, item.Path);
            return PlainHdf5.IsRecords(dataset) ? PlainHdf5.Records(dataset)
                : throw new InputDataException(
                    $"{file.Name}: '{item.Path}' holds {dataset.Type.Name}, {string.Join(" x ", dataset.Space.Dimensions)}, "
                    + "not a vector of records");
        }

        return item.Attribute("pandas_type") switch
        {
            null => PlainHdf5.Vectors(file, item),
            "frame" => PandasFixed.Open(item, file.Name),
            "frame_table" => PandasTable.Open(item, file.Name),
            var type => throw new InputDataException($"{file.Name}: key '{item.Path}' holds a pandas '{type}', not a data frame"),
        };
    }

    /// <summary>
    /// Paths of all tables below a group; "" is the root group itself.
    /// A group inside itself is an error, one with several names stands once.
    /// </summary>
    private static void CollectTables(Hdf5File file, Hdf5Object group, List<ulong> above, HashSet<ulong> visited, List<string> tables)
    {
        if (above.Contains(group.Header.Address) || above.Count > DeepestGroup)
        {
            throw new InputDataException($"{file.Name}: the links at '{group.Path}' lead in a circle");
        }

        if (!visited.Add(group.Header.Address))
        {
            return;
        }

        if (group.Attribute("pandas_type") is not null)
        {
            tables.Add(group.Path);
            return;
        }

        var hasVectors = false;
        above.Add(group.Header.Address);
        foreach (var link in group.Links.Where(link => link.Kind != Hdf5LinkKind.External))
        {
            if (group.Find(link.Name) is not { } item)
            {
                continue;
            }

            if (item.IsDataset)
            {
                var dataset = new Hdf5Dataset(file, item.Header, link.Name);
                if (PlainHdf5.IsRecords(dataset) && visited.Add(item.Header.Address))
                {
                    tables.Add(item.Path);
                }

                hasVectors |= PlainHdf5.IsVector(dataset);
            }
            else if (item.IsGroup)
            {
                CollectTables(file, item, above, visited, tables);
            }
        }

        above.RemoveAt(above.Count - 1);
        if (hasVectors)
        {
            tables.Add(group.Path);
        }
    }
}
