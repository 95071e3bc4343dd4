using System.Buffers.Binary;

namespace Sideband.Numerics;

/// <summary>
/// The hash SHA-256 (FIPS 180-4). The system's own needs OpenSSL, which a machine need not have; this one is as fast as that library is
/// without the processor's SHA instructions. Where the library is there it hashes what is long (<see cref="SystemSha256"/>).
/// </summary>
public sealed class PortableSha256
{
    /// <summary>Length of a hash, bytes.</summary>
    public const int HashSizeInBytes = 32;

    private const int BlockBytes = Sha256Blocks.BlockBytes;

    // Enough that a read from disk costs little beside the hash, and a multiple of what is hashed side by side.
    private const int ReadBytes = 1 << 18;

    private readonly uint[] _state = Sha256Blocks.FirstState();
    private readonly byte[] _pending = new byte[BlockBytes];
    private int _pendingBytes;
    private ulong _bytes;
    private bool _isFinished;

    /// <summary>The hash of these bytes.</summary>
    public static byte[] HashData(ReadOnlySpan<byte> data)
    {
        var hash = new byte[HashSizeInBytes];
        HashData(data, hash);
        return hash;
    }

    /// <summary>Writes the hash of these bytes into 32 bytes.</summary>
    public static void HashData(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        if (SystemSha256.TryHash(data, hash))
        {
            return;
        }

        var sha = new PortableSha256();
        sha.Append(data);
        sha.Finish(hash);
    }

    /// <summary>The hash of what is left of a stream.</summary>
    public static byte[] HashData(Stream stream)
    {
        if (SystemSha256.TryHash(stream) is { } found)
        {
            return found;
        }

        var (sha, buffer, hash) = (new PortableSha256(), new byte[ReadBytes], new byte[HashSizeInBytes]);
        while (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) is > 0 and var read)
        {
            sha.Append(buffer.AsSpan(0, read));
        }

        sha.Finish(hash);
        return hash;
    }

    /// <summary>Goes on with these bytes.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        ObjectDisposedException.ThrowIf(_isFinished, this);
        _bytes += (ulong)data.Length;
        if (_pendingBytes > 0)
        {
            var taken = Math.Min(BlockBytes - _pendingBytes, data.Length);
            data[..taken].CopyTo(_pending.AsSpan(_pendingBytes));
            _pendingBytes += taken;
            data = data[taken..];
            if (_pendingBytes < BlockBytes)
            {
                return;
            }

            Sha256Blocks.Mix(_state, _pending);
        }

        var whole = data.Length / BlockBytes * BlockBytes;
        Sha256Blocks.Mix(_state, data[..whole]);
        data[whole..].CopyTo(_pending);
        _pendingBytes = data.Length - whole;
    }

    /// <summary>Writes the hash of all that was appended into 32 bytes. Nothing can be appended afterwards.</summary>
    public void Finish(Span<byte> hash)
    {
        ObjectDisposedException.ThrowIf(_isFinished, this);
        _isFinished = true;

        // A bit 1, zeros, and the number of bits in the last eight bytes of a block.
        Span<byte> end = stackalloc byte[2 * BlockBytes];
        end.Clear();
        _pending.AsSpan(0, _pendingBytes).CopyTo(end);
        end[_pendingBytes] = 0x80;
        end = end[..(_pendingBytes < BlockBytes - sizeof(ulong) ? BlockBytes : 2 * BlockBytes)];
        BinaryPrimitives.WriteUInt64BigEndian(end[^sizeof(ulong)..], 8 * _bytes);
        Sha256Blocks.Mix(_state, end);
        for (var i = 0; i < _state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash[(sizeof(uint) * i)..], _state[i]);
        }
    }
}
