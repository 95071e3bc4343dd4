using Sideband.Events.Readers.Compression;

namespace Sideband.Events.Readers.Parquet;

/// <summary>
/// Walks over the page headers of a column chunk before the library reads it: the library takes as much memory as a header says, and
/// believes the number of rows in the footer.
/// </summary>
internal static class ParquetPages
{
    private const int LargestHeader = 1 << 16;

    // Numbers of a page header: type, unpacked and packed bytes, and the values of a data page of version 1, of a dictionary, of version 2.
    private const int Unpacked = 2, Packed = 3, Values1 = 501, DictionaryValues = 701, Values2 = 801;

    /// <exception cref="InvalidDataException">
    /// Pages that lie outside of the file, are packed too tightly, or hold another number of values.
    /// </exception>
    public static void Require(FileStream stream, long start, long length, long values)
    {
        if (start < 4 || length < 0 || start > stream.Length - length)
        {
            throw new InvalidDataException($"{length} bytes at {start} lie outside of the file of {stream.Length} bytes");
        }

        var end = start + length;
        var head = new byte[LargestHeader];
        long found = 0;
        while (start < end && found < values)
        {
            var available = RandomAccess.Read(stream.SafeFileHandle, head.AsSpan(0, (int)Math.Min(head.Length, end - start)), start);
            var cursor = new ThriftCursor(head.AsSpan(0, available));
            var numbers = cursor.Numbers();
            var (unpacked, packed) = (numbers.GetValueOrDefault(Unpacked, -1), numbers.GetValueOrDefault(Packed, -1));
            if (packed > end - start - cursor.Position
                || !PackedLength.IsPlausible(packed, unpacked)
                || numbers.GetValueOrDefault(DictionaryValues) > PackedLength.AlwaysAllowed)
            {
                throw new InvalidDataException($"a page of {packed} bytes, unpacked {unpacked}, at {start}");
            }

            found += numbers.GetValueOrDefault(Values1) + numbers.GetValueOrDefault(Values2);
            start += cursor.Position + packed;
        }

        if (found != values)
        {
            throw new InvalidDataException($"pages of {found} values where {values} should be");
        }
    }
}
