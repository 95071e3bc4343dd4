namespace Sideband.Templates.Stages;

/// <summary>What a stage found out about the template of one window and run, before any fold is trained on it.</summary>
public interface ITemplateJudgement : IStageProduct
{
    /// <summary>
    /// Why the template must not be believed, in words with the numbers that say so; null where nothing was found against it. It must not
    /// be made of events of the signal region: it says nothing about the excess.
    /// </summary>
    string? Contradiction { get; }

    /// <summary>Why the template could not be compared, wholly or in part: that nothing was found against it says nothing then; null
    /// where it was.</summary>
    string? NotJudged { get; }
}
