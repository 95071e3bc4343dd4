using System.Collections.Concurrent;
using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Numerics;
using Sideband.Search.Units;
using Sideband.Templates.Stages;

namespace Sideband.Search.Store;

/// <summary>
/// Finished work units in files of a folder (<see cref="UnitPack"/>), found by key. Files are written whole or not at all under names that
/// no other process has, so a killed run goes on where it was, and several runs and machines may share a store. What is read was checked:
/// a file that is damaged, or of another version, is moved aside with one warning, and its units are done again.
/// </summary>
public sealed class UnitStore
{
    private readonly string _folder;
    private readonly bool _readOnly;
    private readonly Scratch? _scratch;
    private readonly Action<string> _warn;
    private readonly UnitFiles _files;
    private readonly ConcurrentDictionary<string, IStageProduct> _standIns = new();
    private readonly Lock _gate = new();
    private readonly List<(string Key, byte[] Product)> _waiting = [];

    private UnitStore(string folder, bool readOnly, Action<string>? warn, string? scratch = null)
    {
        (_folder, _readOnly, _warn) = (folder, readOnly, warn ?? (_ => { }));
        _scratch = scratch is null ? null : new Scratch(scratch);
        _files = new UnitFiles(folder, readOnly, _warn);
    }

    /// <summary>Units that are packed into one file, at most: one sync to the disk for all of them.</summary>
    public const int UnitsPerPack = 64;

    /// <summary>A store, made where there is none.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="warn">Takes a line for each file that was moved aside.</param>
    /// <param name="scratch">
    /// A folder of this process alone, in which finished units wait for others, to be written with them in one file; null: each is written
    /// when it is finished.
    /// </param>
    /// <exception cref="ConfigurationException">The folder cannot be made.</exception>
    public static UnitStore Open(string folder, Action<string>? warn = null, string? scratch = null)
    {
        try
        {
            Disk.CreateFolder(folder);
            AtomicFile.Clean(folder);
            return new UnitStore(folder, readOnly: false, warn, scratch);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{folder}: the store cannot be made: {error.Message}", error);
        }
    }

    /// <summary>A store of which nothing is changed; null where there is none.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="warn">Takes a line for each file that could not be believed.</param>
    public static UnitStore? OpenToRead(string folder, Action<string>? warn = null) =>
        Directory.Exists(folder) ? new UnitStore(folder, readOnly: true, warn) : null;

    /// <summary>True where the unit is finished and its product is as it was written, which is looked at once.</summary>
    public bool Has(WorkUnit unit) => _files.WasChecked(unit.Key) || TryRead(unit.Key) is not null;

    /// <summary>Takes in what other processes have finished since the store was opened.</summary>
    public void Refresh() => _files.Refresh();

    /// <summary>
    /// Lets a product stand, in this process alone, for a unit that is not finished: <see cref="Read"/> gives it, and <see cref="Has"/>
    /// remains false.
    /// </summary>
    internal void StandIn(WorkUnit unit, IStageProduct product) => _standIns[unit.Key] = product;

    /// <summary>The product of a finished unit.</summary>
    /// <exception cref="InputDataException">It is not there any more; the same command does it again.</exception>
    public IStageProduct Read(WorkUnit unit)
    {
        if (_standIns.TryGetValue(unit.Key, out var standIn))
        {
            return standIn;
        }

        if (TryRead(unit.Key) is not { } product)
        {
            throw new InputDataException(
                $"{unit.Name}: its file in the store was damaged while the search ran; the same command does the unit again");
        }

        using var file = NpzFile.Open(new MemoryStream(product, writable: false), unit.Name);
        return unit.Stage.Unpack(file);
    }

    /// <summary>The SHA-256 of a finished unit's packed product, which is checked; null where it is not there, or damaged.</summary>
    internal string? HashOf(string key) => TryRead(key) is { } product ? Convert.ToHexStringLower(PortableSha256.HashData(product)) : null;

    /// <summary>The SHA-256 to which whoever read the unit's packed product was held; null where the unit is not finished.</summary>
    internal string? KnownHashOf(WorkUnit unit) =>
        _files.Find(unit.Key) is { } packed ? Convert.ToHexStringLower(packed.Hash.Span) : null;

    /// <summary>Keeps a product, in a file of its own; with a scratch folder with others, but for those that are let go of again.</summary>
    /// <exception cref="OutputException">No space, or no permission.</exception>
    public void Put(WorkUnit unit, IStageProduct product)
    {
        var packed = Pack(product);
        if (unit.Stage.IsIntermediate || !TryKeepInScratch(unit.Key, packed))
        {
            Write([(unit.Key, packed)]);
        }
    }

    /// <summary>
    /// Keeps a small product with others in one file, which is written when <see cref="UnitsPerPack"/> of them are there, or by
    /// <see cref="Flush"/>.
    /// </summary>
    /// <exception cref="OutputException">No space, or no permission.</exception>
    public void PutSmall(WorkUnit unit, IStageProduct product)
    {
        RefuseToChange();
        var packed = Pack(product);
        lock (_gate)
        {
            _waiting.Add((unit.Key, packed));
            if (_waiting.Count >= UnitsPerPack)
            {
                Flush();
            }
        }
    }

    /// <summary>Writes small products that wait.</summary>
    /// <exception cref="OutputException">No space, or no permission.</exception>
    public void Flush()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0)
            {
                Write([.. _waiting]);
                _waiting.Clear();
            }

            if (_scratch?.Keys is { Count: > 0 } keys)
            {
                Write([.. keys.Select(key => (key, TryRead(key) ?? throw new OutputException($"{_scratch.PathOf(key)}: was damaged")))]);
                _scratch.Clear();
            }
        }
    }

    /// <summary>Takes over a finished unit of another store.</summary>
    /// <returns>False where the other does not have it.</returns>
    public bool Adopt(WorkUnit unit, UnitStore other)
    {
        if (other.TryRead(unit.Key) is not { } product)
        {
            return false;
        }

        Write([(unit.Key, product)]);
        return true;
    }

    /// <summary>Lets go of a unit that has a file of its own; it would be done again.</summary>
    public void Remove(WorkUnit unit)
    {
        RefuseToChange();
        _files.Delete(unit.Key);
    }

    // A full scratch disk costs nothing but a file more in the store.
    private bool TryKeepInScratch(string key, byte[] product)
    {
        if (_scratch is null)
        {
            return false;
        }

        lock (_gate)
        {
            try
            {
                _files.WriteTo(_scratch.PathOf(key), [(key, product)]);
            }
            catch (OutputException error)
            {
                if (_scratch.ComplainOnce())
                {
                    _warn($"{error.Message}; units go into the store one by one");
                }

                return false;
            }

            if (_scratch.Add(key, product.Length))
            {
                Flush();
            }

            return true;
        }
    }

    private static byte[] Pack(IStageProduct product)
    {
        using var stream = new MemoryStream();
        using (var archive = new NpzWriter(stream))
        {
            product.Pack(archive);
        }

        return stream.ToArray();
    }

    private void RefuseToChange()
    {
        if (_readOnly)
        {
            throw new InvalidOperationException($"{_folder}: opened to read");
        }
    }

    private void Write(IReadOnlyList<(string Key, byte[] Product)> units)
    {
        RefuseToChange();
        _files.Write(units);
    }

    private byte[]? TryRead(string key)
    {
        lock (_gate)
        {
            if (_waiting.FirstOrDefault(entry => entry.Key == key).Product is { } waiting)
            {
                return waiting;
            }
        }

        return _files.TryRead(key);
    }
}
