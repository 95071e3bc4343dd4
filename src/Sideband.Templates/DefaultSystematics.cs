namespace Sideband.Templates;

/// <summary>The default estimate of delta_sys of a method.</summary>
public enum DefaultSystematics
{
    /// <summary>The template is right by construction: delta_sys = sigma_sys = 0.</summary>
    Zero,

    /// <summary>The whole chain on simulation.</summary>
    MonteCarlo,

    /// <summary>The same, and a template drawn in the sidebands against the sidebands' data, added in quadrature.</summary>
    MonteCarloAndSideband,
}
