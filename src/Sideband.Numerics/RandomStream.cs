using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Sideband.Numerics;

/// <summary>
/// A random stream that is found by name, never by order of use: the same seed and names give the same numbers on any
/// machine, with any number of threads, whether or not other streams were used before.
/// </summary>
/// <remarks>
/// Generator: xoshiro256** (Blackman and Vigna, ACM TOMS 47, 2021), its 256-bit state being the SHA-256 hash of the seed and the
/// length-prefixed names, so that ("a", "bc") and ("ab", "c") are different streams.
/// </remarks>
public sealed class RandomStream
{
    private ulong _s0, _s1, _s2, _s3;
    private double _spareGaussian;
    private bool _hasSpare;

    private RandomStream(ReadOnlySpan<byte> state)
    {
        _s0 = BinaryPrimitives.ReadUInt64LittleEndian(state);
        _s1 = BinaryPrimitives.ReadUInt64LittleEndian(state[8..]);
        _s2 = BinaryPrimitives.ReadUInt64LittleEndian(state[16..]);
        _s3 = BinaryPrimitives.ReadUInt64LittleEndian(state[24..]);
    }

    /// <summary>
    /// The stream of a seed and a path of names, for example <c>For(1, "experiment 0", "window 5", "fold 2", "member 17")</c>.
    /// </summary>
    public static RandomStream For(ulong seed, params ReadOnlySpan<string> names)
    {
        var hash = new PortableSha256();
        Span<byte> word = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(word, seed);
        hash.Append(word);
        foreach (var name in names)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            BinaryPrimitives.WriteUInt64LittleEndian(word, (ulong)bytes.Length);
            hash.Append(word);
            hash.Append(bytes);
        }

        Span<byte> state = stackalloc byte[32];
        hash.Finish(state);
        return new RandomStream(state);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in {0, ..., <paramref name="count"/> - 1}, without bias (Lemire's multiplication with rejection).</summary>
    /// <param name="count">At least 1.</param>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var n = (ulong)count;
        var threshold = (0UL - n) % n;
        while (true)
        {
            var high = Math.BigMul(NextUInt64(), n, out var low);
            if (low >= threshold)
            {
                return (int)high;
            }
        }
    }

    /// <summary>Standard normal (Marsaglia's polar method with <see cref="PortableMath.Log(double)"/>).</summary>
    public double NextGaussian()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spareGaussian;
        }

        while (true)
        {
            var u = (2 * NextDouble()) - 1;
            var v = (2 * NextDouble()) - 1;
            var s = (u * u) + (v * v);
            if (s is > 0 and < 1)
            {
                var scale = Math.Sqrt(-2 * PortableMath.Log(s) / s);
                _spareGaussian = v * scale;
                _hasSpare = true;
                return u * scale;
            }
        }
    }

    /// <summary>Fisher-Yates shuffle in place.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
