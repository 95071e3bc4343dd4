using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Densities;

/// <summary>The map between standardised features and latent variables for up to <see cref="Rows"/> events at a time.</summary>
internal interface IBlockMap
{
    /// <summary>The buffers of a block stay in the second-level cache.</summary>
    const int Rows = 128;

    /// <summary>x becomes z.</summary>
    /// <param name="x">Standardised features, one event a row; the latent variables on return.</param>
    /// <param name="mass">Standardised, one an event.</param>
    /// <param name="logJacobian">Written if the block was made for it: ln |dz/dx|.</param>
    void ToLatent(Matrix x, ReadOnlySpan<float> mass, Span<double> logJacobian);

    /// <summary>z becomes x.</summary>
    void FromLatent(Matrix z, ReadOnlySpan<float> mass);
}
