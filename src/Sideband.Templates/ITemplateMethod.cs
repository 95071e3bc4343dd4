using Sideband.Events;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates;

/// <summary>
/// A way to make a background template, as a list of stages and what the folds are trained on when these are done. One folder a
/// method; <see cref="TemplateMethods"/> lists them.
/// </summary>
public interface ITemplateMethod
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    MethodTraits Traits { get; }

    /// <summary>The options that the method reads beside those of every search.</summary>
    IReadOnlyList<MethodOption> Options => [];

    /// <summary>The method as its options make it: what a combination is depends on its sources.</summary>
    /// <param name="values">As for <see cref="Configure"/>; nothing is refused here.</param>
    ITemplateMethod With(OptionValues values) => this;

    /// <summary>The option records that stages and preparation read, by type.</summary>
    /// <param name="values">The method's options as text, and what every search has.</param>
    /// <exception cref="ConfigurationException">A value that is not allowed.</exception>
    IReadOnlyList<object> Configure(OptionValues values) => [];

    /// <summary>Checks, before anything is trained, that the inputs hold what the method needs.</summary>
    /// <param name="inputs">Asks whether a role has events, and whether they have labels.</param>
    /// <exception cref="ConfigurationException">An input is missing; the message names the option that gives it.</exception>
    void Require(IMethodInputs inputs)
    {
    }

    /// <summary>
    /// What must be done, in this order, before a fold can be trained: densities, samples, weights. Empty where the template is given.
    /// </summary>
    IReadOnlyList<IStage> Stages => [];

    /// <summary>The inputs that <see cref="Prepare"/> reads.</summary>
    StageReads PreparationReads { get; }

    /// <summary>The inputs that <see cref="PrepareView"/> and <see cref="LoadScorer"/> read.</summary>
    StageReads ViewReads => StageReads.Nothing;

    /// <summary>Numbers of events of a window, by counting alone: nothing is drawn or trained.</summary>
    /// <param name="counts">Counts events of a role in an interval.</param>
    /// <param name="window">The window.</param>
    /// <param name="options">The records of <see cref="Configure"/>.</param>
    TemplateSize Size(IEventCounts counts, MassWindow window, IOptionSource options);

    /// <summary>Expected CPU seconds of a fold's training; null where it is that of the search's classifier.</summary>
    double? FoldCost(TemplateSize size, int events, IOptionSource options) => null;

    /// <summary>What the folds of one window and run are trained on and score.</summary>
    PreparedSample Prepare(IStageInputs inputs);

    /// <summary>How events that took no part in the training are brought before a scorer.</summary>
    IEventView PrepareView(IStageInputs inputs) => IEventView.Identity;

    /// <summary>The inputs that <see cref="PrepareReferenceView"/> and <see cref="LoadScorer"/> read.</summary>
    StageReads ReferenceReads => StageReads.Nothing;

    /// <summary>How events are brought to one mass before they are scored; null where the method cannot do that.</summary>
    /// <param name="inputs">Of a finished window and run.</param>
    /// <param name="mass">The reference mass.</param>
    IReferenceView? PrepareReferenceView(IStageInputs inputs, double mass) => null;

    /// <summary>A scorer that a fold kept.</summary>
    IScorer LoadScorer(Stream stream, IStageInputs inputs) => ClassifierScorer.Load(stream);
}
