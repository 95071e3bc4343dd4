namespace Sideband.Inference.Counting;

/// <summary>Where a systematic shift comes from.</summary>
public enum EstimateKind
{
    /// <summary>delta_sys = 0 by choice: the template has the data's distribution, or only statistical errors are wanted.</summary>
    None,

    /// <summary>The whole chain on signal-free simulation (arXiv:2411.00085, section 3.1).</summary>
    Mc,

    /// <summary>A template made in the sidebands against sideband data (arXiv:2411.00085, section 3.2).</summary>
    Sideband,

    /// <summary>Both in quadrature (arXiv:2411.00085, section 3.2).</summary>
    McAndSideband,

    /// <summary>The data's own events of label 0: the true shift, known only on simulation (the paper's delta_sys^data).</summary>
    Labels,

    /// <summary>A number that the user gave.</summary>
    Fixed,
}
