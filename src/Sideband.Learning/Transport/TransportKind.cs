namespace Sideband.Learning.Transport;

/// <summary>How a transport is learned.</summary>
public enum TransportKind
{
    /// <summary>Flow matching between the two events of a pair (arXiv:2302.00482).</summary>
    FlowMatching,

    /// <summary>
    /// Coupling splines, by maximum likelihood under a learned density of the sources (FETA, arXiv:2212.11285; arXiv:2305.04646).
    /// </summary>
    Spline,
}
