namespace Sideband.Learning.Networks;

/// <summary>How the learning rate falls during a training.</summary>
public enum LearningRateSchedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>After each step along half a cosine, to 0 at the end of the last epoch.</summary>
    Cosine,

    /// <summary>Times 0.3 after 10 epochs without a lower validation loss (the published flow matching of arXiv:2411.00085).</summary>
    Plateau,
}
