using Sideband.Events;
using Sideband.Events.Writers;

namespace Sideband.Search.Store;

/// <summary>Files that cannot be read, or must not be believed.</summary>
public sealed partial class UnitStore
{
    // Another process holds its file until it has renamed it, and lets go of it a moment later.
    private static T Released<T>(Func<T> read)
    {
        const int held = 11, attempts = 400;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return read();
            }
            catch (IOException error) when (error.HResult == held && attempt < attempts)
            {
                Thread.Sleep(25);
            }
        }
    }

    private static bool IsGone(Exception error) => error is FileNotFoundException or DirectoryNotFoundException;

    // What is there but cannot be read now (denied, too many open files, a disk's error) is no reason to train again for hours.
    private static InputDataException Unreadable(string path, Exception error) => new(
        $"{path}: finished units that cannot be read: {AtomicFile.Reason(error)}; with the file mended, or moved away to have its units "
        + "done again, the same command goes on",
        error);

    // Never believed and never in the way; kept for whoever wants to know what happened.
    private void SetAside(string path, string reason)
    {
        Forget(path);
        if (_readOnly)
        {
            _warn($"{path}: {reason}");
            return;
        }

        try
        {
            var aside = Path.Combine(_folder, AsideFolder);
            Disk.CreateFolder(aside);
            Disk.Move(path, Path.Combine(aside, $"{Guid.NewGuid():N}-{Path.GetFileName(path)}"));
            _warn($"{path}: {reason}; it was moved to {aside}, and its units are done again");
        }
        catch (Exception error) when (IsGone(error))
        {
            // Another process moved it already.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _warn($"{path}: {reason}; it could not be moved to {AsideFolder} ({AtomicFile.Reason(error)}), and its units are done again");
        }
    }

    private void Forget(string path)
    {
        _files.TryRemove(path, out _);
        foreach (var packed in _units.Values.Where(packed => packed.Path == path))
        {
            _units.TryRemove(packed.Key, out _);
            _checked.TryRemove(packed.Key, out _);
        }
    }

    private bool HasFileOfItsOwn(PackedUnit packed) => packed.Path == PathOf(packed.Key);
}
