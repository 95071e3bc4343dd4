using Sideband.Events.Readers;
using Sideband.Events.Writers;

namespace Sideband.Templates.Stages;

/// <summary>What a stage leaves for those behind it.</summary>
public interface IStageProduct
{
    /// <summary>Writes all of it.</summary>
    void Pack(NpzWriter archive);
}

/// <summary>A product that can be read again.</summary>
public interface IStageProduct<out TSelf> : IStageProduct
    where TSelf : IStageProduct<TSelf>
{
    /// <exception cref="Events.InputDataException">Not such a product, or damaged.</exception>
    static abstract TSelf Unpack(NpzFile file);
}
