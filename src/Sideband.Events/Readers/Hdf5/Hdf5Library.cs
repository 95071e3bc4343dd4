using System.Reflection;
using System.Runtime.InteropServices;

namespace Sideband.Events.Readers.Hdf5;

/// <summary>Finds and starts the installed HDF5 library, and turns its error stack into one line.</summary>
public static unsafe class Hdf5Library
{
    /// <summary>Debian's serial build first, then the names of other distributions.</summary>
    private static readonly string[] FileNames =
    [
        "libhdf5_serial.so.103", "libhdf5_serial.so.310", "libhdf5_serial.so", "libhdf5.so.103", "libhdf5.so.200", "libhdf5.so.310",
        "libhdf5.so",
    ];

    private static readonly Lazy<nint> Handle = new(Start);

    private static readonly Lock Gate = new();

    /// <summary>True where the library is installed.</summary>
    public static bool IsAvailable => TryLoad() != 0;

    /// <summary>"1.10.8", for example.</summary>
    /// <exception cref="InputDataException">The library is not installed.</exception>
    public static string Version
    {
        get
        {
            Require("this machine");
            _ = NativeHdf5.H5get_libversion(out var major, out var minor, out var release);
            return $"{major}.{minor}.{release}";
        }
    }

    /// <summary>Starts the library, or says how to install it.</summary>
    /// <param name="file">Named in the error.</param>
    /// <exception cref="InputDataException">The library is not installed.</exception>
    internal static void Require(string file)
    {
        if (Handle.Value == 0)
        {
            throw new InputDataException(MissingLibraryMessage(file));
        }
    }

    internal static string MissingLibraryMessage(string file) =>
        $"{file}: the HDF5 library is not installed; install it with 'apt-get install libhdf5-103-1' "
        + $"(looked for {string.Join(", ", FileNames)}), or give the events as CSV, NPY or NPZ";

    /// <summary>
    /// Enters the library, until the scope is disposed: HDF5 may be built without thread safety, so one thread at a time. Errors are
    /// read from the error stack, so this thread's are not printed.
    /// </summary>
    internal static Lock.Scope Enter()
    {
        var scope = Gate.EnterScope();
        _ = NativeHdf5.H5Eset_auto2(0, 0, 0);
        return scope;
    }

    /// <summary>The value of one of the library's global identifiers, such as H5T_NATIVE_DOUBLE_g.</summary>
    internal static nint Global(string name) => *(nint*)NativeLibrary.GetExport(Handle.Value, name);

    /// <summary>A copy of one of the library's own types.</summary>
    internal static Hdf5Id CopyType(string name) => NativeHdf5.H5Tcopy(Global(name));

    /// <summary>The innermost message of this thread's error stack, with line breaks and the source position taken out.</summary>
    internal static string LastError()
    {
        t_lastError = "no detail";
        _ = NativeHdf5.H5Ewalk2(0, 0, &KeepInnermost, 0);
        return t_lastError;
    }

    [ThreadStatic]
    private static string? t_lastError;

    /// <summary>H5E_error2_t holds the description at byte 48; H5E_WALK_UPWARD visits the innermost error first.</summary>
    [UnmanagedCallersOnly]
    private static int KeepInnermost(uint depth, nint error, nint data)
    {
        if (depth == 0 && Marshal.PtrToStringUTF8(*(nint*)(error + 48)) is { Length: > 0 } description)
        {
            t_lastError = description.ReplaceLineEndings(" ").Trim();
        }

        return 0;
    }

    private static nint Start()
    {
        var handle = TryLoad();
        if (handle == 0)
        {
            return 0;
        }

        NativeLibrary.SetDllImportResolver(
            typeof(Hdf5Library).Assembly,
            (name, _, _) => name == NativeHdf5.Library ? handle : 0);

        // After a damaged file the library's own clean-up at the end of the process prints "infinite loop closing library"; there
        // is nothing to clean up, for files are closed where they are read and never written.
        _ = NativeHdf5.H5dont_atexit();
        _ = NativeHdf5.H5open();
        return handle;
    }

    private static nint TryLoad()
    {
        foreach (var name in FileNames)
        {
            if (NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
