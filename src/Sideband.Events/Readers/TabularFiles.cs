using Sideband.Events.Readers.Hdf5;
using Sideband.Events.Readers.Numpy;

namespace Sideband.Events.Readers;

/// <summary>Opens a table by its file name's extension.</summary>
public static class TabularFiles
{
    private const string Allowed = ".h5, .hdf5, .hdf (HDF5), .csv, .npy, .npz";

    /// <exception cref="InputDataException">No such file, an unknown extension, or a file that cannot be read.</exception>
    public static TabularFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputDataException(Directory.Exists(path) ? $"{path}: a folder, not a file" : $"{path}: no such file");
        }

        if (new FileInfo(path).Length == 0)
        {
            throw new InputDataException($"{Path.GetFileName(path)}: the file is empty");
        }

        try
        {
            // The HDF5 library does not tell a file that may not be read from one that is not HDF5.
            File.OpenRead(path).Dispose();
            return Path.GetExtension(path).ToUpperInvariant() switch
            {
                ".H5" or ".HDF5" or ".HDF" => new Hdf5Table(path),
                ".CSV" => new CsvTable(path),
                ".NPY" => NumpyTable.OpenNpy(path),
                ".NPZ" => NumpyTable.OpenNpz(path),
                var other => throw new InputDataException(
                    $"{Path.GetFileName(path)}: unknown extension '{other.ToLowerInvariant()}' (allowed: {Allowed})"),
            };
        }
        catch (UnauthorizedAccessException error)
        {
            throw new InputDataException($"{path}: may not be read (permission denied)", error);
        }
    }
}
