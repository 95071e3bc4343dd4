using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sideband.Numerics;

/// <summary>
/// The system's SHA-256, which knows the processor's instructions for it: on Linux that of OpenSSL. Without it the runtime would
/// end the process, so it is looked for first. Its start costs more than a short hash.
/// </summary>
internal static class SystemSha256
{
    private const int Long = 1 << 18;

    // The names by which the runtime looks for it.
    private static readonly string[] Libraries = ["libssl.so.3", "libssl.so.1.1"];

    private static readonly Lazy<bool> IsThere = new(() =>
        !OperatingSystem.IsLinux() || Array.Exists(Libraries, name => NativeLibrary.TryLoad(name, out _)));

    /// <summary>Writes the hash of these bytes; false where it is not there or does not pay.</summary>
    public static bool TryHash(ReadOnlySpan<byte> data, Span<byte> hash) =>
        data.Length >= Long && IsThere.Value && SHA256.TryHashData(data, hash, out _);

    /// <summary>The hash of what is left of a stream; null where it is not there or does not pay.</summary>
    public static byte[]? TryHash(Stream stream) =>
        stream.CanSeek && stream.Length - stream.Position >= Long && IsThere.Value ? SHA256.HashData(stream) : null;
}
