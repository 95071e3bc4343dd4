namespace Sideband.Tests;

/// <summary>Damaged copies of files: one in ten is cut short, in the others one byte or three are changed. Fixed by the seed.</summary>
internal static class Damage
{
    public static byte[] Of(byte[] whole, int seed)
    {
        var random = new Random(seed);
        if (random.Next(10) == 0)
        {
            return whole[..random.Next(1, whole.Length)];
        }

        var bytes = (byte[])whole.Clone();
        for (var change = random.Next(4) == 0 ? 3 : 1; change > 0; change--)
        {
            var at = random.Next(bytes.Length);
            bytes[at] = random.Next(2) == 0 ? (byte)(bytes[at] ^ (1 << random.Next(8))) : (byte)random.Next(256);
        }

        return bytes;
    }
}
