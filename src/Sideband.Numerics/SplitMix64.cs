namespace Sideband.Numerics;

/// <summary>Hashes of 64 bits by the generator SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</summary>
public static class SplitMix64
{
    /// <summary>What a state grows by: 2^64 divided by the golden ratio.</summary>
    public const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>The number after a state: a bijection of 64 bits, each of which changes half of the result's.</summary>
    public static ulong Mix(ulong state)
    {
        state += Increment;
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
        return state ^ (state >> 31);
    }
}
