using Sideband.Events;
using Sideband.Learning.Boosting;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates;
using Sideband.Templates.Learned;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Search.Units;

/// <summary>The inputs of one unit: the only way from a stage to events, options and products.</summary>
/// <param name="context">The search.</param>
/// <param name="place">What the unit works on.</param>
/// <param name="log">What may be read, and what was.</param>
/// <param name="products">The product of a stage of the same place.</param>
/// <param name="prepared">Windows in memory.</param>
/// <param name="density">What an experiment's events are drawn from, where they are.</param>
internal sealed class UnitInputs(
    SearchContext context,
    UnitPlace place,
    ReadLog log,
    Func<string, IStageProduct> products,
    PreparedCache prepared,
    Func<IConditionalDensity>? density = null) : IStageInputs
{
    public static UnitInputs Of(SearchContext context, WorkUnit unit, Func<WorkUnit, IStageProduct> read, PreparedCache prepared) => new(
        context,
        unit.Place,
        new ReadLog(unit.Stage.Name, unit.Stage.Reads),
        stage => read(unit.Needs.First(need => need.Stage.Name == stage)),
        prepared,
        () => SourceDensity.Read(context, unit, read));

    public UnitPlace Place => place;

    /// <summary>What was read.</summary>
    public ReadLog Log => log;

    public MassWindow Window => place.Window;

    public IDensityEngine Densities => Option<IDensityEngine>();

    public bool Has(InputRole role) => context.Events(place.Experiment, place.Sample, Log.Take(role), density) is not null;

    public EventTable Events(InputRole role)
    {
        var events = AsRead(role);
        if (place.Sample.IsDistorted && role == InputRole.Searched)
        {
            events = events.Select(Distortion!.Kept);
        }

        return Window.Hidden is { } hidden ? events.Select(events.IndicesOutside(hidden)) : events;
    }

    /// <summary>How the searched half of the simulation was made like the data; null of other samples.</summary>
    public DistortionProduct? Distortion =>
        place.Sample.IsDistorted ? (DistortionProduct)products(DistortionStage.StageName) : null;

    /// <summary>The events of a role before anything is done to them.</summary>
    public EventTable AsRead(InputRole role) => context.Events(place.Experiment, place.Sample, Log.Take(role), density)
        ?? throw new InvalidOperationException($"no events of role {role}");

    public EventTable Region() =>
        RegionEvents.Of(Events(InputRole.Searched), place.Sample, place.Window, () => Stream("sample", "events"));

    public EventTable Scored() => place.Sample.ScoresEveryMass && (place.Experiment.IsSearch || place.Experiment.KeepsSpectra)
        ? Events(InputRole.Searched)
        : Region();

    public MassSpectrumEstimate Spectrum() => RegionEvents.Spectrum(Events(InputRole.Searched), place.Sample, place.Window);

    public T Option<T>()
        where T : class => (T)context.Options[Log.Take(typeof(T))];

    public T Product<T>(string stage)
        where T : class, IStageProduct => (T)products(Log.Take(stage));

    public RandomStream Stream(params ReadOnlySpan<string> names) =>
        RandomStream.For(context.Settings.Seed, [.. place.StreamPath, .. names]);

    /// <summary>Memory that trainings of folds hand on.</summary>
    public BoostingMemory Trainings => prepared.Trainings;

    /// <summary>The window and run that all its folds share.</summary>
    public PreparedSample Prepared()
    {
        var (sample, read) = prepared.Of(new UnitInputs(context, place, log.Fresh(), products, prepared, density));
        Log.Add(read);
        return sample;
    }

    /// <summary>The window of the search that the experiment arranges anew, with a log of its own.</summary>
    public UnitInputs OfSearch() => new(context, place.OfSearch, log.Fresh(), products, prepared, density);

    /// <summary>The events of an experiment that arranges them anew, from the window as the method prepared it.</summary>
    public PreparedSample Arrange(PreparedSample sample) => place.Experiment.IsSearch
        ? sample
        : place.Experiment.Source.Arrange(
            sample,
            RandomStream.For(context.Settings.Seed, [.. place.OfWindow.StreamPath, "arrangement"]),
            Option<ClassifierOptions>());

    /// <summary>Every event's fold in this run.</summary>
    public FoldAssignment FoldsOfRun() => context.FoldsOf(place.Run, Option<FoldOptions>().Folds);
}
