namespace Sideband.Templates.Cwola;

/// <summary>How the events of the two short sidebands are weighted against each other.</summary>
public enum SidebandBalance
{
    /// <summary>One weight for each strip, such that the weighted mean mass of both equals that of the signal region.</summary>
    Mass,

    /// <summary>Every event counts the same (arXiv:2411.00085).</summary>
    None,
}
