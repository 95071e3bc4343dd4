namespace Sideband.Events.Readers.Hdf5;

/// <summary>Compression filters that are not part of the HDF5 library, and the Debian packages that bring them.</summary>
internal static class Hdf5Filters
{
    /// <summary>One line that names the missing filter and how to get it.</summary>
    /// <param name="dataset">File and dataset.</param>
    /// <param name="filter">Registered number of the filter.</param>
    /// <param name="name">Its name in the file.</param>
    public static string MissingMessage(string dataset, int filter, string name) => filter switch
    {
        32001 => $"{dataset} is packed with blosc; install the filter with 'apt-get install hdf5-filter-plugin-blosc-serial'",
        307 or 32004 => $"{dataset} is packed with {name}; install the filter with 'apt-get install hdf5-filter-plugin'",
        _ => $"{dataset} is packed with filter {filter} ({name}), which is not installed; repack it with h5repack or pandas (zlib)",
    };
}
