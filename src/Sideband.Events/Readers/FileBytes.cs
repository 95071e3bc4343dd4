using Microsoft.Win32.SafeHandles;

namespace Sideband.Events.Readers;

/// <summary>Reads bytes of a file by their place.</summary>
internal static class FileBytes
{
    /// <summary>Fills <paramref name="target"/> from a place on; false where the file ends before.</summary>
    public static bool TryRead(this SafeFileHandle file, long at, Span<byte> target)
    {
        for (var done = 0; done < target.Length;)
        {
            // A call may give fewer bytes than were asked for.
            var read = RandomAccess.Read(file, target[done..], at + done);
            if (read == 0)
            {
                return false;
            }

            done += read;
        }

        return true;
    }
}
