using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Transport;

/// <summary>A learned map of standardised events.</summary>
internal interface IEventMap
{
    TransportKind Kind { get; }

    /// <summary>Masses that an event has: that of the image and, where the transport has two, that of the event.</summary>
    int Masses { get; }

    /// <summary>Buffers for blocks of up to <see cref="Densities.IBlockMap.Rows"/> events.</summary>
    IEventMapBlock NewBlock();

    /// <summary>Writes the map behind its <see cref="Kind"/> and <see cref="Masses"/>.</summary>
    void Save(BinaryWriter writer);
}

/// <summary>A map with its buffers, for one thread.</summary>
internal interface IEventMapBlock
{
    /// <summary>Events become their images.</summary>
    /// <param name="x">Standardised features, one event a row.</param>
    /// <param name="masses">Standardised, all masses of a row one after the other; their number is that of the rows.</param>
    void Map(Matrix x, ReadOnlySpan<float> masses);
}
