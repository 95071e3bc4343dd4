using Sideband.Events;
using Sideband.Numerics;

namespace Sideband.Search.Runs;

/// <summary>SHA-256 of whole files, lower-case hexadecimal.</summary>
internal static class FileHash
{
    /// <exception cref="InputDataException">It cannot be read.</exception>
    public static string Of(string path) => NamedFile.Read(path, Hash);

    private static string Hash(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1);
        return Convert.ToHexStringLower(PortableSha256.HashData(stream));
    }
}
