namespace Sideband.Search.Results;

/// <summary>What a reader of a number may have to know (docs/file-formats.md).</summary>
public static class PointFlag
{
    public const string TiesAtThreshold = "ties_at_threshold";
    public const string FewTemplateEvents = "few_template_events";
    public const string EfficiencyOff = "epsilon_b_off";
    public const string NoSeparation = "no_separation";

    /// <summary>The tables speak against a claim in the window, whatever the number.</summary>
    public const string ClaimWithheld = "claim_withheld";

    /// <summary>The number is of some runs: the sidebands contradict the template of another, so that nothing is claimed.</summary>
    public const string TemplateFails = WindowState.TemplateFails;
}
