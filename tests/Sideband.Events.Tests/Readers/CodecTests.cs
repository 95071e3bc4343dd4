using Sideband.Events.Readers.Compression;

namespace Sideband.Events.Tests.Readers;

/// <summary>Streams made by Python's zlib and lzma and by the programs zstd and lz4 (tests/Reference/events/make_root.py).</summary>
public class CodecTests
{
    private delegate void Unpack(ReadOnlySpan<byte> packed, Span<byte> unpacked);

    private static readonly byte[] Plain = File.ReadAllBytes(Fixtures.PathOf("codecs/plain.bin"));

    private static readonly Dictionary<string, Unpack> Codec = new()
    {
        ["zlib"] = Codecs.Zlib,
        ["xz"] = Xz.Unpack,
        ["lzma2.xz"] = Xz.Unpack,
        ["zst"] = Codecs.Zstd,
        ["lz4block"] = Codecs.Lz4,
    };

    [Theory]
    [InlineData("zlib")]
    [InlineData("xz")]
    [InlineData("lzma2.xz")]
    [InlineData("zst")]
    [InlineData("lz4block")]
    public void Streams_of_other_programs_unpack_and_a_wrong_length_or_cut_stream_is_refused(string name)
    {
        var packed = File.ReadAllBytes(Fixtures.PathOf($"codecs/plain.{name}"));
        var unpacked = new byte[Plain.Length];
        Codec[name](packed, unpacked);
        unpacked.ShouldBe(Plain);
        Should.Throw<InvalidDataException>(() => Codec[name](packed, new byte[Plain.Length + 1]));
        Should.Throw<InvalidDataException>(() => Codec[name](packed, new byte[Plain.Length - 1]));
        Should.Throw<InvalidDataException>(() => Codec[name](packed.AsSpan(0, packed.Length / 2), new byte[Plain.Length]));
    }

    /// <summary>Both have checksums, so that no changed byte of the data passes.</summary>
    [Theory]
    [InlineData("zlib")]
    [InlineData("xz")]
    public void A_changed_byte_is_found_by_the_checksum(string name)
    {
        var packed = File.ReadAllBytes(Fixtures.PathOf($"codecs/plain.{name}"));
        for (var at = 40; at < packed.Length - 60; at += 7)
        {
            var changed = (byte[])packed.Clone();
            changed[at] ^= 0x10;
            Should.Throw<InvalidDataException>(() => Codec[name](changed, new byte[Plain.Length]));
        }
    }
}
