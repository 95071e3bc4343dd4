using Sideband.Learning.Saving;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Saving;

/// <summary>Damages saved learners and says what loading them gave: the reason, or null where it succeeded.</summary>
internal static class Damage
{
    private const int FrameBytes = 12 + 8;

    /// <summary>Every proper beginning of a file.</summary>
    public static IEnumerable<byte[]> Truncations(byte[] file) => Enumerable.Range(0, file.Length).Select(length => file[..length]);

    /// <summary>Files with one byte changed to another at random.</summary>
    public static IEnumerable<byte[]> Flips(byte[] file, int count, string stream)
    {
        var random = RandomStream.For(1, "damage", stream);
        for (var i = 0; i < count; i++)
        {
            var changed = file.ToArray();
            changed[random.NextInt(file.Length)] ^= (byte)(1 + random.NextInt(255));
            yield return changed;
        }
    }

    /// <summary>A file's payload, and a file with a fitting checksum around a damaged one: what a frame alone does not find.</summary>
    public static byte[] Payload(byte[] file) => file[12..(file.Length - FrameBytes + 12)];

    public static byte[] Framed(SavedFrame frame, byte[] payload)
    {
        var stream = new MemoryStream();
        frame.Write(stream, payload);
        return stream.ToArray();
    }

    /// <summary>Any other exception than that of damaged data goes on.</summary>
    public static string? Reason(byte[] file, Action<Stream> load)
    {
        try
        {
            load(new MemoryStream(file));
            return null;
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }
    }
}
