using Sideband.Events;
using Sideband.Numerics;
using Sideband.Templates.Learned;

namespace Sideband.Templates.Stages;

/// <summary>
/// Everything that a stage can read, by name, so that what was read is exactly what the unit's key holds: a read that the stage did
/// not declare (<see cref="StageReads"/>) is an error.
/// </summary>
public interface IStageInputs : IOptionSource
{
    MassWindow Window { get; }

    /// <summary>True where a role that may be read has events.</summary>
    bool Has(InputRole role);

    /// <summary>Events of an input; of <see cref="InputRole.Searched"/> all that the sample consists of or is drawn from.</summary>
    EventTable Events(InputRole role);

    /// <summary>
    /// The searched events: those of the signal region or, in the sideband test of delta_sys, as many drawn at random from all outside
    /// of it (arXiv:2411.00085, section 3.2).
    /// </summary>
    EventTable Region();

    /// <summary>The events that are scored: of the data all, at any mass, of other samples those of <see cref="Region"/>.</summary>
    EventTable Scored();

    /// <summary>The mass spectrum of the region.</summary>
    MassSpectrumEstimate Spectrum();

    /// <summary>The product of another stage of the same window and run.</summary>
    T Product<T>(string stage)
        where T : class, IStageProduct;

    /// <summary>A random stream by name, below those of the experiment, sample, window and run.</summary>
    RandomStream Stream(params ReadOnlySpan<string> names);

    /// <summary>Trains densities and reads those that were saved; read as <c>Option&lt;IDensityEngine&gt;()</c>.</summary>
    IDensityEngine Densities { get; }
}
