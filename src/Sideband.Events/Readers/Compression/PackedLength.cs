namespace Sideband.Events.Readers.Compression;

/// <summary>Which unpacked length a file may claim before memory is taken for it.</summary>
internal static class PackedLength
{
    /// <summary>Bytes that are believed whatever they are packed into.</summary>
    public const int AlwaysAllowed = 1 << 26;

    /// <summary>Deflate shrinks 1032 times at most.</summary>
    private const long LargestRatio = 1100;

    /// <summary>False where so few packed bytes cannot hold as many.</summary>
    public static bool IsPlausible(long packed, long unpacked) =>
        packed >= 0 && unpacked >= 0 && (unpacked <= AlwaysAllowed || unpacked / LargestRatio <= packed);
}
