using System.Security.Cryptography;
using System.Text;

namespace Sideband.Numerics.Tests;

/// <summary>Our SHA-256 against the standard's examples and the system's.</summary>
public class PortableSha256Tests
{
    private static readonly byte[] Bytes = MakeBytes(3000);

    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void The_examples_of_the_standard(string text, string hash) =>
        Convert.ToHexStringLower(PortableSha256.HashData(Encoding.ASCII.GetBytes(text))).ShouldBe(hash);

    // One block, the length's eight bytes in a block of their own, eight blocks side by side and more: every length to beyond 16 blocks.
    [Fact]
    public void Every_length_has_the_hash_of_the_system()
    {
        for (var length = 0; length < 1100; length++)
        {
            PortableSha256.HashData(Bytes.AsSpan(0, length)).ShouldBe(SHA256.HashData(Bytes.AsSpan(0, length)), $"{length} bytes");
        }
    }

    // The system hashes what is long, where it is there: both give one hash.
    [Theory]
    [InlineData((1 << 18) - 1)]
    [InlineData(1 << 18)]
    [InlineData((1 << 20) + 5)]
    public void What_is_long_has_the_same_hash_at_once_in_pieces_and_of_a_stream(int length)
    {
        var bytes = MakeBytes(length);
        var (sha, hash) = (new PortableSha256(), new byte[PortableSha256.HashSizeInBytes]);
        sha.Append(bytes.AsSpan(0, length / 3));
        sha.Append(bytes.AsSpan(length / 3));
        sha.Finish(hash);
        PortableSha256.HashData(bytes).ShouldBe(hash);
        PortableSha256.HashData(new MemoryStream(bytes)).ShouldBe(hash);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(700)]
    public void Pieces_have_the_hash_of_the_whole(int piece)
    {
        var sha = new PortableSha256();
        for (var start = 0; start < Bytes.Length; start += piece)
        {
            sha.Append(Bytes.AsSpan(start, Math.Min(piece, Bytes.Length - start)));
        }

        var hash = new byte[PortableSha256.HashSizeInBytes];
        sha.Finish(hash);
        hash.ShouldBe(SHA256.HashData(Bytes));
        Should.Throw<ObjectDisposedException>(() => sha.Append([1]));
    }

    // More than is read at once.
    [Fact]
    public void A_stream_has_the_hash_of_its_bytes()
    {
        var bytes = MakeBytes(600_001);
        PortableSha256.HashData(new MemoryStream(bytes)).ShouldBe(SHA256.HashData(bytes));
    }

    private static byte[] MakeBytes(int count)
    {
        var (bytes, random) = (new byte[count], RandomStream.For(1, "bytes"));
        foreach (ref var value in bytes.AsSpan())
        {
            value = (byte)random.NextUInt64();
        }

        return bytes;
    }
}
