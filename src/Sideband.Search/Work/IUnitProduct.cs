using Sideband.Events.Readers;
using Sideband.Events.Writers;

namespace Sideband.Search.Work;

/// <summary>What a unit leaves in the store.</summary>
public interface IUnitProduct
{
    /// <summary>Writes all of it.</summary>
    void Pack(NpzWriter archive);
}

/// <summary>A product that can be read again.</summary>
public interface IUnitProduct<out TSelf> : IUnitProduct
    where TSelf : IUnitProduct<TSelf>
{
    /// <exception cref="Events.InputDataException">Not such a product, or damaged.</exception>
    static abstract TSelf Unpack(NpzFile file);
}
