using System.Runtime.InteropServices;
using Sideband.Events.Readers.Numpy;

namespace Sideband.Events.Writers;

/// <summary>Writes single arrays in NumPy's NPY format.</summary>
public static class Npy
{
    /// <summary>Writes an array of float, double, short, int, long or byte.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="values">All elements in C order.</param>
    /// <param name="shape">Length of each axis; none for a vector.</param>
    /// <exception cref="ArgumentException">The shape does not hold as many elements.</exception>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        ReadOnlySpan<int> axes = shape.Length == 0 ? [values.Length] : shape;
        var elements = 1L;
        foreach (var length in axes)
        {
            elements *= length;
        }

        if (elements != values.Length)
        {
            throw new ArgumentException(
                $"{values.Length} values do not fill the shape ({string.Join(", ", axes.ToArray())}).", nameof(shape));
        }

        stream.Write(NpyHeader.Write(NumpyType.CodeOf<T>(), axes));
        stream.Write(MemoryMarshal.AsBytes(values));
    }
}
