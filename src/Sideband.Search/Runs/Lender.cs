using Sideband.Search.Settings;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Runs;

/// <summary>
/// A run whose finished units another search takes over: <c>scan DIR/search.yaml --out NEW</c>. Its store is read and never written. A run
/// that is still blind serves only a search with its own settings: whoever changed them may have seen its estimates.
/// </summary>
public sealed class Lender
{
    private readonly UnitStore _store;

    private Lender(UnitStore store) => _store = store;

    /// <param name="directory">The other run.</param>
    /// <param name="settings">The settings of the search that borrows.</param>
    /// <returns>Null where the run has no units, or keeps them to itself.</returns>
    public static Lender? Of(RunDirectory directory, SearchSettings settings)
    {
        var own = SettingsReader.Load(directory.SettingsFile);
        FrozenInputs.CheckSettings(directory, own);
        var closed = Unblinding.Applied(directory, own).Blind && SettingsWriter.Hash(own) != SettingsWriter.Hash(settings);
        return !closed && UnitStore.OpenToRead(FinishedBefore.StoreOf(own, directory)) is { } store ? new Lender(store) : null;
    }

    /// <summary>True where it has the unit.</summary>
    internal bool Has(WorkUnit unit) => _store.Has(unit);

    /// <summary>Copies the units that it has.</summary>
    /// <returns>The number of units taken over.</returns>
    public int Lend(IEnumerable<WorkUnit> open, UnitStore to) => open.Count(unit => to.Adopt(unit, _store));
}
