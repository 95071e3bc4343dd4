using Sideband.Events.Readers;

namespace Sideband.Templates.Stages;

/// <summary>
/// One step of a method, done once for each window and run of a sample: a pure function of what <see cref="Reads"/> lists and of its
/// random streams.
/// </summary>
public interface IStage
{
    /// <summary>Name, unique within a method; part of the units' names, keys and streams.</summary>
    string Name { get; }

    /// <summary>What stages that differ in their fold alone are called together, in plan.json and the times of results.json.</summary>
    string Kind => Name;

    /// <summary>Tells stages of one name in different methods apart, in keys; stages that are the same share their products.</summary>
    string Identity => Name;

    /// <summary>All that <see cref="Run"/> reads.</summary>
    StageReads Reads { get; }

    /// <summary>
    /// The stage describes the events that a sample is drawn from, not the sample: the sideband test of delta_sys shares the data's
    /// density.
    /// </summary>
    bool DescribesSource => false;

    /// <summary>Nothing but the report reads the product: folds do not wait for it.</summary>
    bool ForReportOnly => false;

    /// <summary>
    /// The product is an <see cref="ITemplateJudgement"/>: no fold of the window and run is trained on a template that it contradicts.
    /// </summary>
    bool JudgesTemplate => false;

    /// <summary>The product is large and made again for less than it costs to keep: it goes once the search is collected.</summary>
    bool IsIntermediate => false;

    /// <summary>Does the stage.</summary>
    /// <param name="inputs">The only way to events, options, products and random numbers.</param>
    /// <param name="threads">At least 1; never changes the product.</param>
    /// <param name="cancellation">Looked at now and then.</param>
    IStageProduct Run(IStageInputs inputs, int threads, CancellationToken cancellation);

    /// <summary>A product that was packed.</summary>
    IStageProduct Unpack(NpzFile file);

    /// <summary>Expected CPU seconds.</summary>
    /// <param name="size">Events of the window.</param>
    /// <param name="events">N_SR.</param>
    /// <param name="options">Option records.</param>
    double Cost(TemplateSize size, int events, IOptionSource options);
}
