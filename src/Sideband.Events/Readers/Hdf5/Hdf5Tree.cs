using System.Text;

namespace Sideband.Events.Readers.Hdf5;

/// <summary>Files, groups and attributes: what there is in an HDF5 file.</summary>
internal static unsafe class Hdf5Tree
{
    /// <summary>H5I_type_t of the reference manual.</summary>
    private const int GroupType = 2, DatasetType = 5;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="InputDataException">The file is not HDF5, or is cut short or damaged.</exception>
    public static Hdf5Id OpenFile(string path)
    {
        var name = Path.GetFileName(path);
        if (NativeHdf5.H5Fis_hdf5(path) <= 0)
        {
            throw new InputDataException($"{name}: not an HDF5 file (its first bytes are not HDF5's signature)");
        }

        var file = NativeHdf5.H5Fopen(path, 0, 0);
        return file.IsInvalid
            ? throw new InputDataException($"{name}: the HDF5 file is cut short, damaged or locked: {Hdf5Library.LastError()}")
            : file;
    }

    public static bool IsGroup(Hdf5Id item) => NativeHdf5.H5Iget_type(item) == GroupType;

    public static bool IsDataset(Hdf5Id item) => NativeHdf5.H5Iget_type(item) == DatasetType;

    /// <summary>The item of that path, or an invalid identifier.</summary>
    public static Hdf5Id Open(Hdf5Id parent, string path) => NativeHdf5.H5Oopen(parent, path, 0);

    /// <summary>Names of the members of a group, in alphabetical order.</summary>
    public static List<string> Members(Hdf5Id group)
    {
        // H5G_info_t: storage type, number of links (byte 8), greatest creation order, mounted flag.
        var info = stackalloc ulong[8];
        var names = new List<string>();
        if (NativeHdf5.H5Gget_info(group, info) < 0)
        {
            return names;
        }

        for (ulong i = 0; i < info[1]; i++)
        {
            var length = NativeHdf5.H5Lget_name_by_idx(group, ".", 0, 0, i, null, 0, 0);
            if (length < 0)
            {
                continue;
            }

            var text = new byte[length + 1];
            fixed (byte* pointer = text)
            {
                _ = NativeHdf5.H5Lget_name_by_idx(group, ".", 0, 0, i, pointer, (nuint)text.Length, 0);
            }

            names.Add(Encoding.UTF8.GetString(text, 0, (int)length));
        }

        return names;
    }

    /// <summary>The bytes of a fixed-length text attribute up to its first zero byte, as Latin-1; null where there is none.</summary>
    public static string? TextAttribute(Hdf5Id item, string name)
    {
        if (NativeHdf5.H5Aexists(item, name) <= 0)
        {
            return null;
        }

        using var attribute = NativeHdf5.H5Aopen(item, name, 0);
        using var type = NativeHdf5.H5Aget_type(attribute);
        if (NativeHdf5.H5Tget_class(type) != 3 || NativeHdf5.H5Tis_variable_str(type) > 0)
        {
            return null;
        }

        var text = new byte[(int)NativeHdf5.H5Tget_size(type)];
        fixed (byte* pointer = text)
        {
            return NativeHdf5.H5Aread(attribute, type, pointer) < 0 ? null : Encoding.Latin1.GetString(text).TrimEnd('\0');
        }
    }
}
