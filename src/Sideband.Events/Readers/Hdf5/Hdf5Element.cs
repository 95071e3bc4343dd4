namespace Sideband.Events.Readers.Hdf5;

/// <summary>How one number of a dataset lies in memory after reading.</summary>
internal enum Hdf5ElementKind
{
    Float32,
    Float64,
    Int64,

    /// <summary>A bit field or enumeration of one byte: pandas' and h5py's bool.</summary>
    Byte,

    /// <summary>Text, objects, references: not readable.</summary>
    NotNumeric,
}

/// <summary>The element type of a dataset, or of a member of a compound type.</summary>
/// <param name="Kind">Memory form.</param>
/// <param name="TypeName">"float32", "int64", "bool", "text", ...</param>
internal readonly record struct Hdf5Element(Hdf5ElementKind Kind, string TypeName)
{
    // H5T_class_t of the reference manual.
    private const int Integer = 0, Float = 1, Text = 3, Bitfield = 4, Compound = 6, Enumeration = 8, VariableLength = 9;

    public bool IsNumeric => Kind != Hdf5ElementKind.NotNumeric;

    public int Size => Kind switch
    {
        Hdf5ElementKind.Float32 => 4,
        Hdf5ElementKind.Byte => 1,
        _ => 8,
    };

    public static Hdf5Element Of(Hdf5Id type)
    {
        var bits = 8 * (int)NativeHdf5.H5Tget_size(type);
        return NativeHdf5.H5Tget_class(type) switch
        {
            Float when bits <= 32 => new(Hdf5ElementKind.Float32, $"float{bits}"),
            Float => new(Hdf5ElementKind.Float64, $"float{bits}"),
            Integer => new(Hdf5ElementKind.Int64, (NativeHdf5.H5Tget_sign(type) == 0 ? "uint" : "int") + bits),
            Bitfield or Enumeration when bits == 8 => new(Hdf5ElementKind.Byte, "bool"),
            Text => new(Hdf5ElementKind.NotNumeric, "text"),
            VariableLength => new(Hdf5ElementKind.NotNumeric, "text or Python objects"),
            Compound => new(Hdf5ElementKind.NotNumeric, "records"),
            _ => new(Hdf5ElementKind.NotNumeric, "an HDF5 type that is neither number nor bool"),
        };
    }

    /// <summary>The type to read into; <paramref name="fileType"/> itself for bools, which HDF5 does not convert.</summary>
    public Hdf5Id MemoryType(Hdf5Id fileType) => Kind switch
    {
        Hdf5ElementKind.Float32 => Hdf5Library.CopyType("H5T_NATIVE_FLOAT_g"),
        Hdf5ElementKind.Float64 => Hdf5Library.CopyType("H5T_NATIVE_DOUBLE_g"),
        Hdf5ElementKind.Int64 => Hdf5Library.CopyType("H5T_NATIVE_LLONG_g"),
        _ => NativeHdf5.H5Tcopy(fileType.DangerousGetHandle()),
    };

    /// <summary>The number that begins at <paramref name="at"/>.</summary>
    public unsafe double Value(byte* at) => Kind switch
    {
        Hdf5ElementKind.Float32 => *(float*)at,
        Hdf5ElementKind.Float64 => *(double*)at,
        Hdf5ElementKind.Int64 => *(long*)at,
        _ => *at,
    };
}
