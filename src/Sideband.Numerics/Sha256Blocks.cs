using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sideband.Numerics;

/// <summary>
/// The blocks of SHA-256. A block's rounds need the block before, but its schedule (FIPS 180-4, 6.2.2, step 1) does not: schedules of
/// eight blocks are made side by side, one a lane of a vector.
/// </summary>
internal static class Sha256Blocks
{
    /// <summary>Length of a block.</summary>
    public const int BlockBytes = 64;

    private const int Rounds = 64;
    private const int Words = BlockBytes / sizeof(uint);
    private const int Lanes = 8;

    // The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
        0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
        0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
        0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
        0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
        0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
    ];

    /// <summary>The first 32 bits of the fractional parts of the square roots of the first 8 primes.</summary>
    public static uint[] FirstState() =>
    [
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
    ];

    /// <summary>Mixes whole blocks into the state.</summary>
    [SkipLocalsInit]
    public static void Mix(Span<uint> state, ReadOnlySpan<byte> blocks)
    {
        Span<uint> schedule = stackalloc uint[Rounds * Lanes];
        while (blocks.Length > 0)
        {
            var count = Math.Min(Lanes, blocks.Length / BlockBytes);
            MakeSchedules(schedule, blocks, count);
            for (var lane = 0; lane < count; lane++)
            {
                MixOne(state, ref schedule[lane]);
            }

            blocks = blocks[(count * BlockBytes)..];
        }
    }

    private static void MakeSchedules(Span<uint> schedule, ReadOnlySpan<byte> blocks, int count)
    {
        schedule[..(Words * Lanes)].Clear();
        for (var lane = 0; lane < count; lane++)
        {
            var block = MemoryMarshal.Cast<byte, uint>(blocks.Slice(lane * BlockBytes, BlockBytes));
            for (var word = 0; word < Words; word++)
            {
                schedule[(word * Lanes) + lane] = BinaryPrimitives.ReverseEndianness(block[word]);
            }
        }

        ref var first = ref MemoryMarshal.GetReference(schedule);
        Vector256<uint> W(ref uint start, int t) => Vector256.LoadUnsafe(ref start, (nuint)(t * Lanes));
        for (var t = Words; t < Rounds; t++)
        {
            var (early, late) = (W(ref first, t - 15), W(ref first, t - 2));
            var small0 = Rotated(early, 7) ^ Rotated(early, 18) ^ (early >>> 3);
            var small1 = Rotated(late, 17) ^ Rotated(late, 19) ^ (late >>> 10);
            (W(ref first, t - 16) + small0 + W(ref first, t - 7) + small1).StoreUnsafe(ref first, (nuint)(t * Lanes));
        }

        for (var t = 0; t < Rounds; t++)
        {
            (W(ref first, t) + Vector256.Create(Constants[t])).StoreUnsafe(ref first, (nuint)(t * Lanes));
        }
    }

    // Eight rounds a pass, after which every variable is again where it was. The majority of a, b, c is b ^ ((a ^ b) & (b ^ c)), and the
    // next round's b ^ c is this one's a ^ b.
    private static void MixOne(Span<uint> state, ref uint w)
    {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        var bc = b ^ c;
        for (var pass = 0; pass < Rounds / Lanes; pass++)
        {
            var ab = a ^ b;
            h += Sum1(e) + (g ^ (e & (f ^ g))) + Unsafe.Add(ref w, 0);
            d += h;
            h += Sum0(a) + (b ^ (ab & bc));
            bc = h ^ a;
            g += Sum1(d) + (f ^ (d & (e ^ f))) + Unsafe.Add(ref w, 8);
            c += g;
            g += Sum0(h) + (a ^ (bc & ab));
            ab = g ^ h;
            f += Sum1(c) + (e ^ (c & (d ^ e))) + Unsafe.Add(ref w, 16);
            b += f;
            f += Sum0(g) + (h ^ (ab & bc));
            bc = f ^ g;
            e += Sum1(b) + (d ^ (b & (c ^ d))) + Unsafe.Add(ref w, 24);
            a += e;
            e += Sum0(f) + (g ^ (bc & ab));
            ab = e ^ f;
            d += Sum1(a) + (c ^ (a & (b ^ c))) + Unsafe.Add(ref w, 32);
            h += d;
            d += Sum0(e) + (f ^ (ab & bc));
            bc = d ^ e;
            c += Sum1(h) + (b ^ (h & (a ^ b))) + Unsafe.Add(ref w, 40);
            g += c;
            c += Sum0(d) + (e ^ (bc & ab));
            ab = c ^ d;
            b += Sum1(g) + (a ^ (g & (h ^ a))) + Unsafe.Add(ref w, 48);
            f += b;
            b += Sum0(c) + (d ^ (ab & bc));
            bc = b ^ c;
            a += Sum1(f) + (h ^ (f & (g ^ h))) + Unsafe.Add(ref w, 56);
            e += a;
            a += Sum0(b) + (c ^ (bc & ab));
            w = ref Unsafe.Add(ref w, Lanes * Lanes);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    private static uint Sum0(uint a) =>
        BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);

    private static uint Sum1(uint e) =>
        BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);

    private static Vector256<uint> Rotated(Vector256<uint> words, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(words, bits) : (words >>> bits) | (words << (32 - bits));
}
