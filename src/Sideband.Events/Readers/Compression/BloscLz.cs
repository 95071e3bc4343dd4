namespace Sideband.Events.Readers.Compression;

/// <summary>
/// Blosc's own codec, of the FastLZ family. A byte below 32 begins that many literals plus one; any other is a match: three bits of
/// length and five of distance, then further bytes of length while they are 255, then the low byte of the distance.
/// </summary>
internal static class BloscLz
{
    private const int NearDistance = 8191;

    /// <summary>Unpacks a block of known length.</summary>
    /// <exception cref="InvalidDataException">Damaged.</exception>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        var to = 0;
        for (var at = 0; at < packed.Length;)
        {
            // The first byte holds a version in its upper bits, and always begins literals.
            var control = at == 0 ? packed[at++] & 31 : packed[at++];
            if (control < 32)
            {
                var count = control + 1;
                if (count > packed.Length - at || count > unpacked.Length - to)
                {
                    throw Damaged();
                }

                packed.Slice(at, count).CopyTo(unpacked[to..]);
                (at, to) = (at + count, to + count);
                continue;
            }

            long length = (control >> 5) - 1;
            var far = (control & 31) << 8;
            for (var more = length == 6 ? 255 : 0; more == 255; length += more)
            {
                more = Next(packed, ref at);
            }

            var low = Next(packed, ref at);
            var distance = low == 255 && far == 31 << 8
                ? (Next(packed, ref at) << 8) + Next(packed, ref at) + NearDistance + 1
                : far + low + 1;
            length += 3;
            if (distance > to || length > unpacked.Length - to)
            {
                throw Damaged();
            }

            // A match may reach into what it writes, repeating it.
            for (var end = to + (int)length; to < end; to++)
            {
                unpacked[to] = unpacked[to - distance];
            }
        }

        if (to != unpacked.Length)
        {
            throw Damaged();
        }
    }

    private static int Next(ReadOnlySpan<byte> packed, ref int at) => at < packed.Length ? packed[at++] : throw Damaged();

    private static InvalidDataException Damaged() => new("damaged BloscLZ data");
}
