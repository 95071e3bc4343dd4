using Sideband.Events;
using Sideband.Templates;
using Sideband.Templates.Stages;

namespace Sideband.Reporting.Tests.AnotherMethod;

/// <summary>A method whose every window fails, as where the sidebands contradict a learned template.</summary>
/// <param name="options">Which it does not read.</param>
internal sealed class NoTemplate(params MethodOption[] options) : ITemplateMethod
{
    public string Name => "no_template";

    public MethodTraits Traits { get; } = new() { DefaultSystematics = "none" };

    public IReadOnlyList<MethodOption> Options => options;

    public StageReads PreparationReads => StageReads.Searched;

    public TemplateSize Size(IEventCounts counts, MassWindow window, IOptionSource options) => new(1000);

    public PreparedSample Prepare(IStageInputs inputs) => PreparedSamples.Failed("there is no template", inputs.Region());
}
