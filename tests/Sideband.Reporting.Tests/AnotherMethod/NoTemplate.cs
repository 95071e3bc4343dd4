using Sideband.Events;
using Sideband.Templates;
using Sideband.Templates.Stages;

namespace Sideband.Reporting.Tests.AnotherMethod;

/// <summary>A method whose every window fails, as where the sidebands contradict a learned template.</summary>
internal sealed class NoTemplate : ITemplateMethod
{
    public string Name => "no_template";

    public MethodTraits Traits { get; } = new() { DefaultSystematics = "none" };

    public StageReads PreparationReads => StageReads.Searched;

    public TemplateSize Size(IEventCounts counts, MassWindow window, IOptionSource options) => new(1000);

    public PreparedSample Prepare(IStageInputs inputs) => PreparedSamples.Failed("there is no template", inputs.Region());
}
