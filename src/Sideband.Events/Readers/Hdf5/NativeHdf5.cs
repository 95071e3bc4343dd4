using System.Runtime.InteropServices;

namespace Sideband.Events.Readers.Hdf5;

/// <summary>
/// The functions of HDF5's C interface that the readers need, with the names of HDF5's reference manual. Only functions whose
/// signature is the same in HDF5 1.10 to 1.14 are used.
/// </summary>
internal static unsafe partial class NativeHdf5
{
    /// <summary>The name that <see cref="Hdf5Library"/> resolves to whatever HDF5 library is installed.</summary>
    public const string Library = "hdf5";

    [LibraryImport(Library)]
    public static partial int H5dont_atexit();

    [LibraryImport(Library)]
    public static partial int H5open();

    [LibraryImport(Library)]
    public static partial int H5get_libversion(out uint major, out uint minor, out uint release);

    [LibraryImport(Library)]
    public static partial int H5free_memory(void* memory);

    [LibraryImport(Library)]
    public static partial int H5Idec_ref(nint id);

    [LibraryImport(Library)]
    public static partial int H5Iget_type(Hdf5Id id);

    [LibraryImport(Library)]
    public static partial int H5Eset_auto2(nint stack, nint function, nint data);

    [LibraryImport(Library)]
    public static partial int H5Ewalk2(nint stack, int direction, delegate* unmanaged<uint, nint, nint, int> function, nint data);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int H5Fis_hdf5(string path);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial Hdf5Id H5Fopen(string path, uint flags, nint accessList);

    [LibraryImport(Library)]
    public static partial int H5Gget_info(Hdf5Id group, void* info);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint H5Lget_name_by_idx(
        Hdf5Id location, string group, int indexType, int order, ulong index, byte* name, nuint size, nint accessList);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial Hdf5Id H5Oopen(Hdf5Id location, string name, nint accessList);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int H5Aexists(Hdf5Id location, string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial Hdf5Id H5Aopen(Hdf5Id location, string name, nint accessList);

    [LibraryImport(Library)]
    public static partial Hdf5Id H5Aget_type(Hdf5Id attribute);

    [LibraryImport(Library)]
    public static partial int H5Aread(Hdf5Id attribute, Hdf5Id memoryType, void* buffer);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial Hdf5Id H5Dopen2(Hdf5Id location, string name, Hdf5Id accessList);

    [LibraryImport(Library)]
    public static partial Hdf5Id H5Dget_space(Hdf5Id dataset);

    [LibraryImport(Library)]
    public static partial Hdf5Id H5Dget_type(Hdf5Id dataset);

    [LibraryImport(Library)]
    public static partial Hdf5Id H5Dget_create_plist(Hdf5Id dataset);

    [LibraryImport(Library)]
    public static partial int H5Dread(Hdf5Id dataset, Hdf5Id memoryType, Hdf5Id memorySpace, Hdf5Id fileSpace, nint transfer, void* buffer);

    [LibraryImport(Library)]
    public static partial Hdf5Id H5Pcreate(nint propertyClass);

    [LibraryImport(Library)]
    public static partial int H5Pget_layout(Hdf5Id list);

    [LibraryImport(Library)]
    public static partial int H5Pget_chunk(Hdf5Id list, int rank, ulong* dimensions);

    [LibraryImport(Library)]
    public static partial int H5Pset_chunk_cache(Hdf5Id list, nuint slots, nuint bytes, double preemption);

    [LibraryImport(Library)]
    public static partial int H5Pget_nfilters(Hdf5Id list);

    [LibraryImport(Library)]
    public static partial int H5Pget_filter2(
        Hdf5Id list, uint index, uint* flags, nuint* valueCount, uint* values, nuint nameSize, byte* name, uint* config);

    [LibraryImport(Library)]
    public static partial int H5Zfilter_avail(int filter);

    [LibraryImport(Library)]
    public static partial int H5Sget_simple_extent_ndims(Hdf5Id space);

    [LibraryImport(Library)]
    public static partial int H5Sget_simple_extent_dims(Hdf5Id space, ulong* dimensions, ulong* maximum);

    [LibraryImport(Library)]
    public static partial int H5Sselect_hyperslab(Hdf5Id space, int operation, ulong* start, ulong* stride, ulong* count, ulong* block);

    [LibraryImport(Library)]
    public static partial Hdf5Id H5Screate_simple(int rank, ulong* dimensions, ulong* maximum);

    [LibraryImport(Library)]
    public static partial int H5Tget_class(Hdf5Id type);

    [LibraryImport(Library)]
    public static partial nuint H5Tget_size(Hdf5Id type);

    [LibraryImport(Library)]
    public static partial int H5Tget_sign(Hdf5Id type);

    [LibraryImport(Library)]
    public static partial int H5Tget_nmembers(Hdf5Id type);

    [LibraryImport(Library)]
    public static partial byte* H5Tget_member_name(Hdf5Id type, uint index);

    [LibraryImport(Library)]
    public static partial Hdf5Id H5Tget_member_type(Hdf5Id type, uint index);

    [LibraryImport(Library)]
    public static partial Hdf5Id H5Tget_super(Hdf5Id type);

    [LibraryImport(Library)]
    public static partial int H5Tget_array_ndims(Hdf5Id type);

    [LibraryImport(Library)]
    public static partial int H5Tget_array_dims2(Hdf5Id type, ulong* dimensions);

    [LibraryImport(Library)]
    public static partial int H5Tis_variable_str(Hdf5Id type);

    [LibraryImport(Library)]
    public static partial Hdf5Id H5Tcreate(int typeClass, nuint size);

    [LibraryImport(Library)]
    public static partial Hdf5Id H5Tcopy(nint type);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int H5Tinsert(Hdf5Id compound, string name, nuint offset, Hdf5Id member);

    [LibraryImport(Library)]
    public static partial Hdf5Id H5Tarray_create2(Hdf5Id element, uint rank, ulong* dimensions);
}
