namespace Sideband.Events.Tests.Writers;

/// <summary>A disk without space: whoever writes to it gets the system's own error.</summary>
internal static class FullDisk
{
    public static void Write(ReadOnlySpan<byte> bytes)
    {
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        full.Write(bytes);
    }
}
