using System.Collections.Concurrent;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Search.Units;

namespace Sideband.Search.Store;

/// <summary>
/// The files of a store's folder, and where in them each unit lies. What is read was checked: a file that is damaged, or of another
/// version, is moved aside with one warning and forgotten.
/// </summary>
internal sealed class UnitFiles
{
    private const string AsideFolder = "aside";

    private readonly string _folder;
    private readonly bool _readOnly;
    private readonly Action<string> _warn;
    private readonly ConcurrentDictionary<string, PackedUnit> _units;
    private readonly ConcurrentDictionary<string, bool> _checked = new();
    private readonly ConcurrentDictionary<string, bool> _files = new();
    private readonly RecentPacks _packs = new();

    public UnitFiles(string folder, bool readOnly, Action<string> warn)
    {
        (_folder, _readOnly, _warn) = (folder, readOnly, warn);
        var paths = Paths();
        _units = new ConcurrentDictionary<string, PackedUnit>(Environment.ProcessorCount, paths.Length * UnitStore.UnitsPerPack);
        Add(paths);
    }

    /// <summary>Takes in files that other processes have written since.</summary>
    public void Refresh() => Add(Paths());

    /// <summary>True where the unit's product was read or written, and so is as it should be.</summary>
    public bool WasChecked(string key) => _checked.ContainsKey(key);

    /// <summary>Where a unit lies; null where it is in no file.</summary>
    public PackedUnit? Find(string key) => _units.TryGetValue(key, out var packed) ? packed : null;

    /// <summary>The packed product of a unit; null where it is in no file, or was damaged.</summary>
    /// <exception cref="InputDataException">The file is there and cannot be read now.</exception>
    public byte[]? TryRead(string key)
    {
        if (Find(key) is not { } packed)
        {
            return null;
        }

        try
        {
            var product = HasFileOfItsOwn(packed) ? packed.Read() : packed.Read(_packs.Of(packed.Path));
            _checked[key] = true;
            return product;
        }
        catch (InvalidDataException error)
        {
            SetAside(packed.Path, error.Message);
        }
        catch (Exception error) when (IsGone(error))
        {
            Forget(packed.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(packed.Path, error);
        }

        return null;
    }

    /// <summary>Writes units into one file: named by its key where there is one, else as no other.</summary>
    /// <exception cref="OutputException">No space, or no permission.</exception>
    public void Write(IReadOnlyList<(string Key, byte[] Product)> units)
    {
        var path = units.Count == 1 ? PathOf(units[0].Key) : PathOf(Guid.NewGuid().ToString("N"));
        WriteTo(path, units);
        _files[path] = true;
    }

    /// <summary>Writes units into a file outside the folder, where they are found from now on.</summary>
    /// <exception cref="OutputException">No space, or no permission.</exception>
    public void WriteTo(string path, IReadOnlyList<(string Key, byte[] Product)> units)
    {
        foreach (var packed in UnitPack.Write(path, UnitKeys.EngineVersion, units))
        {
            _units[packed.Key] = packed;
            _checked[packed.Key] = true;
        }
    }

    /// <summary>Deletes the file of a unit, where it holds no other.</summary>
    public void Delete(string key)
    {
        if (Find(key) is { } packed && HasFileOfItsOwn(packed))
        {
            AtomicFile.Delete(packed.Path);
            _units.TryRemove(key, out _);
            _checked.TryRemove(key, out _);
        }
    }

    private string[] Paths() => Directory.GetFiles(_folder, "*" + UnitPack.Extension);

    private void Add(string[] paths)
    {
        foreach (var path in paths.Where(path => !_files.ContainsKey(path)).Order(StringComparer.Ordinal))
        {
            Index(path);
        }
    }

    private void Index(string path)
    {
        _files[path] = true;
        try
        {
            foreach (var packed in UnitPack.ReadIndex(path, UnitKeys.EngineVersion))
            {
                _units[packed.Key] = packed;
            }
        }
        catch (InvalidDataException error)
        {
            SetAside(path, error.Message);
        }
        catch (Exception error) when (IsGone(error))
        {
            // Another process moved it in the meantime: its units are done again.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, error);
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

    private string PathOf(string name) => Path.Combine(_folder, name + UnitPack.Extension);
}
