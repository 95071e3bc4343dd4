namespace Sideband.Inference.Calibration;

/// <summary>How a calibrated p-value was made.</summary>
public enum PValueKind
{
    /// <summary>Exact rank law of one half-split; no experiments.</summary>
    HalfSplit,

    /// <summary>Twice the smaller p of a half-split used in both directions; no experiments.</summary>
    HalfSplitBothWays,

    /// <summary>Rank among experiments in which labels of data and template, or masses and features, were exchanged at random.</summary>
    Permutation,

    /// <summary>Rank among pseudo-experiments that went through the whole chain, the template's error included.</summary>
    PseudoExperiments,
}
