namespace Sideband.Inference.Counting;

/// <summary>What a reader must know about the counts of a window at a working point.</summary>
[Flags]
public enum CountFlags
{
    None = 0,

    /// <summary>In some fold more than one template event has exactly the threshold's score.</summary>
    TiesAtThreshold = 1,

    /// <summary>
    /// In some fold fewer than <see cref="Threshold.FewTemplateEvents"/> template events are expected above the threshold.
    /// </summary>
    FewTemplateEvents = 2,

    /// <summary>The effective eps_B is more than 25 % (<see cref="WindowCount.EfficiencyTolerance"/>) off the one asked for.</summary>
    EfficiencyOff = 4,

    /// <summary>
    /// In some fold the cut does not separate (<see cref="Threshold.SeparatesNothing"/>): its classifier learned nothing, or so many
    /// template events are tied that far more pass than asked for. Nothing follows from the counts (<see cref="FoldCount.Unusable"/>).
    /// </summary>
    NoSeparation = 8,
}
