using System.Collections.Concurrent;
using Sideband.Learning.Boosting;
using Sideband.Templates;

namespace Sideband.Search.Units;

/// <summary>
/// Windows in memory: each is prepared once, by the first fold that needs it, and let go after its last. And the memory of trainings.
/// </summary>
internal sealed class PreparedCache
{
    private readonly ConcurrentDictionary<UnitPlace, Lazy<(PreparedSample Sample, IReadOnlyCollection<object> Read)>> _samples = new();
    private readonly Dictionary<UnitPlace, int> _left;
    private readonly RecentWindows _recent = new();
    private readonly ITemplateMethod _method;

    /// <param name="method">Prepares.</param>
    /// <param name="open">Units to do.</param>
    public PreparedCache(ITemplateMethod method, IEnumerable<WorkUnit> open)
    {
        _method = method;
        _left = open.Where(IsFold).GroupBy(unit => PlaceOf(unit.Place)).ToDictionary(group => group.Key, group => group.Count());
    }

    /// <summary>Memory that trainings of folds hand on.</summary>
    public BoostingMemory Trainings { get; } = new();

    /// <summary>The window of a fold, and what preparing it read, whichever fold did it first.</summary>
    /// <param name="inputs">Inputs of the fold with a log of their own.</param>
    public (PreparedSample Sample, IReadOnlyCollection<object> Read) Of(UnitInputs inputs) =>
        _samples.GetOrAdd(PlaceOf(inputs.Place), _ => new Lazy<(PreparedSample, IReadOnlyCollection<object>)>(() =>
        {
            var (prepared, read) = inputs.Place.Experiment.Source.ArrangesWindows
                ? _recent.Of(PlaceOf(inputs.Place.OfSearch), () => Prepare(inputs.OfSearch()))
                : Prepare(inputs);
            return (inputs.Arrange(prepared), [.. read.Union(inputs.Log.Read)]);
        })).Value;

    /// <summary>A unit is done; only folds count. Not safe for several threads at once.</summary>
    public void Release(WorkUnit fold)
    {
        if (IsFold(fold) && --_left[PlaceOf(fold.Place)] == 0)
        {
            _samples.TryRemove(PlaceOf(fold.Place), out _);
        }
    }

    private (PreparedSample Sample, IReadOnlyCollection<object> Read) Prepare(UnitInputs inputs) =>
        (_method.Prepare(inputs), [.. inputs.Log.Read]);

    private static bool IsFold(WorkUnit unit) => unit.Stage.Kind == FoldStage.FoldKind;

    // A given template is the same in all runs, one that stages make is not; what is arranged anew is (UnitPlace.RunOfWindow).
    private UnitPlace PlaceOf(UnitPlace place) =>
        place.Experiment.Source.ArrangesWindows || (_method.Stages.Count == 0 && place.Experiment.IsSearch)
            ? place with { Run = 0 }
            : place;
}
