using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Search.Plan;

namespace Sideband.Search.Work;

/// <summary>
/// Finished work units, one NPZ file each, named by the hash of all that the result depends on. Written whole or not at all, so
/// a killed run goes on where it was, and several runs may share a store.
/// </summary>
public sealed class UnitStore
{
    private readonly string _folder;

    /// <exception cref="ConfigurationException">The folder cannot be made.</exception>
    public UnitStore(string folder)
    {
        _folder = folder;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{folder}: the store cannot be made: {error.Message}", error);
        }
    }

    public bool Contains(string key) => File.Exists(PathOf(key));

    /// <summary>The product of a finished unit.</summary>
    /// <exception cref="InputDataException">Its file is not there, or damaged; a damaged one is deleted, so that the unit is done again.</exception>
    public T Read<T>(WorkUnit unit)
        where T : IUnitProduct<T>
    {
        try
        {
            using var file = NpzFile.Open(PathOf(unit.Key));
            return T.Unpack(file);
        }
        catch (InputDataException error)
        {
            File.Delete(PathOf(unit.Key));
            throw new InputDataException($"{unit.Name}: its file in the store was damaged and is deleted; the same command does the unit again", error);
        }
    }

    /// <exception cref="OutputException">No space, or no permission.</exception>
    public void Put(string key, IUnitProduct product) => NpzWriter.Write(PathOf(key), product.Pack);

    private string PathOf(string key) => Path.Combine(_folder, key + ".npz");
}
