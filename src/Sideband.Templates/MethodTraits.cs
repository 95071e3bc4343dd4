namespace Sideband.Templates;

/// <summary>What a search must know of a method before it runs anything of it.</summary>
public sealed record MethodTraits
{
    /// <summary>
    /// The estimate of delta_sys where nothing else is asked for (methods.md, section 3): "zero" where the template is right by
    /// construction, "mc", "mc+sideband", "mc+strips" or "strips,halves".
    /// </summary>
    public required string DefaultSystematics { get; init; }

    /// <summary>The template is made of the searched sample alone, so that the whole chain can be repeated on pseudo-data.</summary>
    public bool RepeatableOnPseudoData { get; init; }

    /// <summary>The template is right for features that depend on the mass.</summary>
    public bool StandsMassDependence { get; init; }

    /// <summary>
    /// How the features depend on the mass in the window is interpolated from what is learned beside it: a feature that changes altogether
    /// on the way across the window is too much.
    /// </summary>
    public bool InterpolatesInMass { get; init; }

    /// <summary>
    /// The template is right where the mass spectrum does not run smoothly through a window's strips: at a turn-on, an edge or a gap.
    /// </summary>
    public bool StandsTurnOn { get; init; }

    /// <summary>A template can be drawn at any mass, so in the sidebands too, where data can be compared with it.</summary>
    public bool DrawsAtAnyMass { get; init; }

    /// <summary>The score has a meaning outside of the signal region.</summary>
    public bool ScoresAtEveryMass { get; init; } = true;

    /// <summary>The score is a classifier's, trees or a network; false where the method has a score of its own.</summary>
    public bool ScoresByClassifier { get; init; } = true;

    /// <summary>Features may be missing (NaN) where the classifier has a place for them.</summary>
    public bool TakesMissingValues { get; init; } = true;

    /// <summary>
    /// Without a signal, data and template have one distribution, and exchanging them at random changes nothing: false for scores of their
    /// own and for classes that are not the data.
    /// </summary>
    public bool IsExchangeable { get; init; } = true;

    /// <summary>
    /// Template events have the data's own features and train a classifier, so that those of several methods can be one template; false for
    /// a latent template and for a score of its own.
    /// </summary>
    public bool JoinsTemplates { get; init; } = true;

    /// <summary>The searched sample may have weights.</summary>
    public bool TakesWeights { get; init; } = true;
}
