using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sideband.Numerics;

namespace Sideband.Search.Units;

/// <summary>
/// The one text form of option records and keys: the same in every culture and for every order in which settings were given.
/// </summary>
internal static class Canonical
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>A record as JSON: its properties in the order in which they are declared, numbers in their shortest exact form.</summary>
    public static string Text(object record) => JsonSerializer.Serialize(record, record.GetType(), Json);

    /// <summary>The first 128 bits of the SHA-256 hash of a text, lower-case hexadecimal.</summary>
    public static string Key(string text)
    {
        Span<byte> hash = stackalloc byte[PortableSha256.HashSizeInBytes];
        PortableSha256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash[..16]);
    }
}
