namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>How many elements a dataset or attribute has along each axis (specification IV.A.2.b).</summary>
/// <param name="Dimensions">Length of each axis; none for one value.</param>
/// <param name="IsEmpty">True where there is no element at all.</param>
internal sealed record Hdf5Space(IReadOnlyList<long> Dimensions, bool IsEmpty)
{
    private const int MostAxes = 32;

    public static Hdf5Space Parse(Hdf5File file, ReadOnlySpan<byte> message)
    {
        var cursor = new Hdf5Cursor(file, message);
        int version = cursor.Byte(), rank = cursor.Byte();
        cursor.Skip(1);
        if (version is not (1 or 2) || rank > MostAxes)
        {
            throw file.Damaged($"a data space of version {version} with {rank} axes");
        }

        var kind = version == 2 ? cursor.Byte() : 1;
        cursor.Skip(version == 1 ? 5 : 0);
        var dimensions = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            var length = cursor.Length();
            dimensions[i] = length <= long.MaxValue ? (long)length : throw file.Damaged($"an axis of {length} elements");
        }

        return new Hdf5Space(dimensions, kind == 2);
    }
}
