namespace Sideband.Events.Readers.Numpy;

/// <summary>NumPy's codes of the element types that are read and written whole.</summary>
internal static class NumpyType
{
    /// <exception cref="NotSupportedException">Other types.</exception>
    public static string CodeOf<T>()
        where T : unmanaged => default(T) switch
        {
            float => "<f4",
            double => "<f8",
            short => "<i2",
            int => "<i4",
            long => "<i8",
            byte => "|u1",
            _ => throw new NotSupportedException($"{typeof(T).Name} is not written to NumPy arrays"),
        };
}
