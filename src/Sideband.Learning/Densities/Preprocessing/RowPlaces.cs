using Sideband.Numerics;

namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>
/// Random numbers that belong to an event rather than to a stream: the same whenever and by whatever density the event is looked at, so
/// that a ratio of two densities sees one place. They come from the bits of the event's mass and features and from its ordinal among events
/// that equal it in all of these, because equal events at one place would be a spike.
/// </summary>
internal static class RowPlaces
{
    /// <summary>A key of each event.</summary>
    /// <param name="features">[feature][event].</param>
    /// <param name="mass">One an event.</param>
    public static ulong[] Keys(float[][] features, ReadOnlySpan<double> mass)
    {
        var keys = new ulong[mass.Length];
        var seen = new Dictionary<ulong, ulong>(mass.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            var key = SplitMix64.Mix(BitConverter.DoubleToUInt64Bits(mass[i]));
            foreach (var column in features)
            {
                key = SplitMix64.Mix(key ^ BitConverter.SingleToUInt32Bits(column[i]));
            }

            seen.TryGetValue(key, out var ordinal);
            seen[key] = ordinal + 1;
            keys[i] = SplitMix64.Mix(key + ordinal);
        }

        return keys;
    }

    /// <summary>Uniform in (0, 1): the place of an event inside of the interval of its value of a feature.</summary>
    public static double Place(ulong key, int feature) =>
        ((SplitMix64.Mix(key + (SplitMix64.Increment * ((ulong)feature + 1))) >> 12) + 0.5) / (1UL << 52);
}
