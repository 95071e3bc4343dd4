namespace Sideband.Events;

/// <summary>
/// The identity of an event is its content: 64 bits of its mass and features, as they were read. Copies have one identity, so they share a
/// fold; label, weight, file and row do not enter, so neither another file format nor another order of events changes it.
/// </summary>
public static class EventIdentity
{
    /// <summary>The identity of each event.</summary>
    /// <param name="mass">One an event.</param>
    /// <param name="features">[feature][event].</param>
    public static ulong[] Of(ReadOnlySpan<double> mass, float[][] features)
    {
        var identity = new ulong[mass.Length];
        for (var i = 0; i < identity.Length; i++)
        {
            identity[i] = Mix(BitConverter.DoubleToUInt64Bits(CanonicalOrder.OneZero(mass[i])));
        }

        foreach (var column in features)
        {
            for (var i = 0; i < identity.Length; i++)
            {
                identity[i] = Mix(identity[i] ^ BitConverter.SingleToUInt32Bits(CanonicalOrder.OneZero(column[i])));
            }
        }

        return identity;
    }

    /// <summary>splitmix64's finaliser (Steele, Lea and Flood, OOPSLA 2014): a bijection of 64 bits with full avalanche.</summary>
    public static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
