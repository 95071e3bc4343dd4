using Sideband.Templates.Stages;

namespace Sideband.Templates;

/// <summary>Numbers of events of a window, known before anything is trained.</summary>
/// <param name="Template">N_BT: template events that set the thresholds.</param>
public sealed record TemplateSize(int Template)
{
    /// <summary>Events of class 1 where these are not the data; null where they are.</summary>
    public int? Target { get; init; }

    /// <summary>Template events that train every fold where the template is not folded; null where it is.</summary>
    public int? Drawn { get; init; }

    /// <summary>Events that the first stage learns from.</summary>
    public int Learned { get; init; }

    /// <summary>Why the window cannot be searched, in words that follow "window 5 [3.3, 3.7) of data"; null where it can.</summary>
    public string? Problem { get; init; }

    /// <summary>The sources of a combination with their stages, in their order; empty for every other method.</summary>
    public IReadOnlyList<(IReadOnlyList<IStage> Stages, TemplateSize Size)> Sources { get; init; } = [];

    /// <summary>
    /// How far the statistical variance of template counts is above that of independent events, because sources of a combination share
    /// events; at least 1.
    /// </summary>
    public double Sharing { get; init; } = 1;

    /// <summary>The template that a stage works for: that of the source which has it.</summary>
    public TemplateSize For(IStage stage) =>
        Sources.FirstOrDefault(source => source.Stages.Contains(stage)) is { Size: { } size } ? size : this;

    /// <summary>The number of parts that the template is divided into for the thresholds.</summary>
    public int Parts(int folds) => Drawn is null ? folds : 1;
}
