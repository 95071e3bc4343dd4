using System.Globalization;

namespace Sideband.Inference.Counting;

/// <summary>
/// The threshold R_c of one fold's classifier at one working point (arXiv:2411.00085, section 3): the (1 - eps_B) quantile of
/// the background template's test scores; with negative weights the first crossing from above (<see cref="ScoreDistribution.CutAt"/>).
/// An event passes with score &gt;= R_c, so tied events pass together.
/// </summary>
/// <param name="BackgroundEfficiency">eps_B that was asked for, in (0, 1).</param>
/// <param name="Score">R_c; 0 where there is a <paramref name="Failure"/>.</param>
/// <param name="Template">All test events of the template.</param>
/// <param name="TemplatePassing">Those that pass.</param>
/// <param name="Tied">Template events with a score of exactly R_c; at least 1, and 1 without ties.</param>
/// <param name="Failure">Why there is no threshold; null where there is one.</param>
public sealed record Threshold(
    double BackgroundEfficiency,
    float Score,
    EventCount Template,
    EventCount TemplatePassing,
    int Tied,
    string? Failure)
{
    /// <summary>Below this many expected template events above the threshold the working point is flagged.</summary>
    public const double FewTemplateEvents = 3;

    /// <summary>Below this many it is a failure: the quantile would be the highest score of the template and little else.</summary>
    public const double TooFewTemplateEvents = 1;

    /// <summary>Why nothing follows from a cut that does not separate, in the words of every number that is not there for it.</summary>
    public const string NoSeparation =
        "the cut does not separate: so many template events of a fold have the same score that far more pass than asked for";

    /// <summary>Template events expected above the threshold, eps_B N; with weights N is (sum w)^2 / sum w^2.</summary>
    public double ExpectedTemplatePassing => BackgroundEfficiency * Template.EffectiveEvents;

    /// <summary>
    /// Whether ties let more than half of the template's weight pass that the cut should stop, an effective eps_B above (1 + eps_B)/2: all
    /// of it where the classifier learned nothing and all events have one score.
    /// </summary>
    public bool SeparatesNothing =>
        Failure is null && Tied > 1 && TemplatePassing.SumWeights > 0.5 * (1 + BackgroundEfficiency) * Template.SumWeights;

    /// <summary>Why nothing follows from the cut: a failure, or <see cref="NoSeparation"/>; null where something does.</summary>
    public string? Unusable => Failure ?? (SeparatesNothing ? NoSeparation : null);

    /// <summary>Finds R_c.</summary>
    /// <param name="backgroundEfficiency">eps_B, in (0, 1).</param>
    /// <param name="template">The template's test scores in this fold.</param>
    public static Threshold At(double backgroundEfficiency, ScoreDistribution template)
    {
        if (!(backgroundEfficiency > 0 && backgroundEfficiency < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(backgroundEfficiency), backgroundEfficiency, "A background efficiency lies in (0, 1).");
        }

        var untested = new Threshold(
            backgroundEfficiency, 0, template.Total, default, 0, template.Failure is { } reason ? $"template: {reason}" : null);
        if (untested.Failure is not null)
        {
            return untested;
        }

        if (template.Count > 0 && !(template.Total.SumWeights > 0))
        {
            var sum = FormattableString.Invariant($"sum to {template.Total.SumWeights:G3}; the sum must be above 0");
            return untested with { Failure = $"template: the weights of {template.Count} events in a test fold {sum}" };
        }

        // A relative 1e-9 below: eps_B N of exactly 1, as in 0.001 x 1000, must not fail by rounding.
        if (untested.ExpectedTemplatePassing < TooFewTemplateEvents * (1 - 1e-9))
        {
            return untested with
            {
                Failure = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{untested.ExpectedTemplatePassing:G3} template events expected above the threshold in a test fold; "
                    + $"at least {TooFewTemplateEvents} needed"),
            };
        }

        var score = template.CutAt(backgroundEfficiency);
        return untested with { Score = score, TemplatePassing = template.Passing(score), Tied = template.Tied(score) };
    }
}
