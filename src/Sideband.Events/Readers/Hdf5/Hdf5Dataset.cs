using System.Text;

namespace Sideband.Events.Readers.Hdf5;

/// <summary>A dataset that is read in blocks of rows.</summary>
internal sealed unsafe class Hdf5Dataset : IDisposable
{
    /// <summary>H5D_CHUNKED of the reference manual.</summary>
    private const int Chunked = 2;

    private const int SmallestCache = 1 << 20;
    private readonly string _label;
    private readonly Hdf5Id _id;

    /// <param name="parent">Group that holds it.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="fileName">Named in errors.</param>
    /// <exception cref="InputDataException">It cannot be opened, or a compression filter is missing.</exception>
    public Hdf5Dataset(Hdf5Id parent, string name, string fileName)
    {
        _label = $"{fileName}: dataset '{name}'";
        var dimensions = (ulong[])[];
        nuint cacheBytes;
        using (var defaults = NativeHdf5.H5Pcreate(Hdf5Library.Global("H5P_CLS_DATASET_ACCESS_ID_g")))
        using (var probe = NativeHdf5.H5Dopen2(parent, name, defaults))
        {
            if (probe.IsInvalid)
            {
                throw new InputDataException($"{_label} cannot be opened: {Hdf5Library.LastError()}");
            }

            using var space = NativeHdf5.H5Dget_space(probe);
            var rank = NativeHdf5.H5Sget_simple_extent_ndims(space);
            dimensions = new ulong[Math.Max(rank, 0)];
            fixed (ulong* pointer = dimensions)
            {
                _ = NativeHdf5.H5Sget_simple_extent_dims(space, pointer, null);
            }

            Type = NativeHdf5.H5Dget_type(probe);
            using var creation = NativeHdf5.H5Dget_create_plist(probe);
            RequireFilters(creation);
            cacheBytes = RowOfChunks(creation, dimensions, NativeHdf5.H5Tget_size(Type));
        }

        // The cache must hold every chunk that one row passes through, or chunks that straddle two reads are unpacked twice.
        using var access = NativeHdf5.H5Pcreate(Hdf5Library.Global("H5P_CLS_DATASET_ACCESS_ID_g"));
        _ = NativeHdf5.H5Pset_chunk_cache(access, 12421, cacheBytes, 1.0);
        _id = NativeHdf5.H5Dopen2(parent, name, access);
        Dimensions = [.. dimensions.Select(length => (long)length)];
        Element = Hdf5Element.Of(Type);
    }

    /// <summary>The type in the file.</summary>
    public Hdf5Id Type { get; }

    public Hdf5Element Element { get; }

    public IReadOnlyList<long> Dimensions { get; }

    public long Rows => Dimensions.Count == 0 ? 0 : Dimensions[0];

    /// <summary>Numbers in a row: 1 for a vector.</summary>
    public int RowLength => Dimensions.Count > 1 ? (int)Dimensions[1] : 1;

    /// <summary>Reads rows [start, start + count), all columns, in row order.</summary>
    /// <exception cref="InputDataException">A block that cannot be read or unpacked.</exception>
    public void ReadRows(long start, int count, Hdf5Id memoryType, Span<byte> destination)
    {
        var rank = Dimensions.Count;
        var from = stackalloc ulong[rank];
        var extent = stackalloc ulong[rank];
        for (var i = 0; i < rank; i++)
        {
            (from[i], extent[i]) = (0, (ulong)Dimensions[i]);
        }

        (from[0], extent[0]) = ((ulong)start, (ulong)count);
        using var fileSpace = NativeHdf5.H5Dget_space(_id);
        using var memorySpace = NativeHdf5.H5Screate_simple(rank, extent, null);
        fixed (byte* pointer = destination)
        {
            if (NativeHdf5.H5Sselect_hyperslab(fileSpace, 0, from, null, extent, null) < 0
                || NativeHdf5.H5Dread(_id, memoryType, memorySpace, fileSpace, 0, pointer) < 0)
            {
                throw new InputDataException($"{_label}, rows {start} to {start + count - 1}: cannot be read: {Hdf5Library.LastError()}");
            }
        }
    }

    /// <summary>All entries of a vector of names: fixed-length text, or integers as their decimal text.</summary>
    /// <exception cref="InputDataException">Other types.</exception>
    public List<string> ReadNames()
    {
        var names = new List<string>();
        var isText = NativeHdf5.H5Tget_class(Type) == 3 && NativeHdf5.H5Tis_variable_str(Type) <= 0;
        if (!isText && Element.Kind != Hdf5ElementKind.Int64)
        {
            throw new InputDataException($"{_label} should hold column names, and holds {Element.TypeName}");
        }

        using var memoryType = isText ? NativeHdf5.H5Tcopy(Type.DangerousGetHandle()) : Element.MemoryType(Type);
        var size = (int)NativeHdf5.H5Tget_size(memoryType);
        var bytes = new byte[size * Rows];
        ReadRows(0, (int)Rows, memoryType, bytes);
        for (var i = 0; i < Rows; i++)
        {
            var entry = bytes.AsSpan(size * i, size);
            names.Add(isText
                ? Encoding.UTF8.GetString(entry).TrimEnd('\0')
                : BitConverter.ToInt64(entry).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return names;
    }

    public void Dispose()
    {
        Type.Dispose();
        _id.Dispose();
    }

    private void RequireFilters(Hdf5Id creation)
    {
        var name = stackalloc byte[64];
        for (uint i = 0; i < NativeHdf5.H5Pget_nfilters(creation); i++)
        {
            uint flags, config;
            nuint values = 0;
            var filter = NativeHdf5.H5Pget_filter2(creation, i, &flags, &values, null, 64, name, &config);
            if (filter >= 0 && NativeHdf5.H5Zfilter_avail(filter) <= 0)
            {
                throw new InputDataException(Hdf5Filters.MissingMessage(_label, filter, new string((sbyte*)name)));
            }
        }
    }

    /// <summary>Bytes of the chunks that hold one row.</summary>
    private static nuint RowOfChunks(Hdf5Id creation, ulong[] dimensions, nuint elementSize)
    {
        if (NativeHdf5.H5Pget_layout(creation) != Chunked)
        {
            return SmallestCache;
        }

        var chunk = stackalloc ulong[dimensions.Length];
        _ = NativeHdf5.H5Pget_chunk(creation, dimensions.Length, chunk);
        var bytes = chunk[0] * elementSize;
        for (var i = 1; i < dimensions.Length; i++)
        {
            bytes *= (dimensions[i] + chunk[i] - 1) / chunk[i] * chunk[i];
        }

        return (nuint)Math.Max(bytes, SmallestCache);
    }
}
