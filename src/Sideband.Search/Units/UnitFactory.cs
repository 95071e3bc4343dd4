using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Systematics;
using Sideband.Templates;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Search.Units;

/// <summary>
/// Lists the units of an experiment: stage by stage, the method's own, the folds, and those that only the report reads; each behind those
/// that it needs.
/// </summary>
internal sealed class UnitFactory
{
    private readonly SearchContext _context;
    private readonly UnitKeys _keys;
    private readonly IStage[] _stages;
    private readonly IStage[] _experimentStages;
    private readonly DistortionStage _distortion = new();
    private readonly List<WorkUnit> _units = [];
    private readonly Dictionary<(string, ChainSample, MassInterval, int), WorkUnit> _known = [];
    private readonly Dictionary<(string, ChainSample, MassInterval, int), WorkUnit> _ofSearch = [];
    private readonly Dictionary<MassInterval, IReadOnlyList<WorkUnit>> _densities = [];
    private Experiment _experiment = Experiment.Search;
    private int _after;

    public UnitFactory(SearchContext context)
    {
        (_context, _keys) = (context, new UnitKeys(context));
        var method = context.Settings.Method;
        var folds = context.Options.Option<FoldOptions>().Folds;
        _stages =
        [
            .. method.Stages.Where(stage => !stage.ForReportOnly),
            .. Enumerable.Range(1, folds).Select(fold => new FoldStage(method, fold)),
            .. method.Stages.Where(stage => stage.ForReportOnly),
            .. context.Inputs.Has(InputRole.Test) ? [new TestStage(method, folds)] : Array.Empty<IStage>(),
        ];
        _experimentStages =
        [
            .. _stages.Where(stage => !stage.ForReportOnly)
                .Select(stage => stage is FoldStage fold ? new CountStage(fold, method) : stage),
        ];
    }

    /// <param name="experiment">The search, or another, of which the data alone are searched.</param>
    /// <param name="sizes">Per sample, in the order of its windows.</param>
    /// <param name="after">The number of units before these.</param>
    public IReadOnlyList<WorkUnit> Make(
        Experiment experiment, IReadOnlyDictionary<ChainSample, IReadOnlyList<WindowSize>> sizes, int after = 0)
    {
        _units.Clear();
        _known.Clear();
        (_experiment, _after) = (experiment, after);
        var stages = experiment.IsSearch ? _stages : _experimentStages;
        foreach (var sample in ChainSample.All.Where(sample => sample.IsDistorted && IsSearched(sample)))
        {
            foreach (var size in sizes.GetValueOrDefault(sample, []))
            {
                for (var run = 1; run <= _context.Settings.Runs; run++)
                {
                    Add(_distortion, sample, size, run);
                }
            }
        }

        foreach (var group in InOrder(stages))
        {
            foreach (var sample in ChainSample.All.Where(IsSearched))
            {
                foreach (var size in sizes.GetValueOrDefault(sample, []))
                {
                    for (var run = 1; run <= _context.Settings.Runs; run++)
                    {
                        AddAll(group, sample, size, run);
                    }
                }
            }
        }

        return [.. _units];
    }

    // Stages of one kind together, behind the kinds that they need; else as they come.
    private static IEnumerable<IEnumerable<IStage>> InOrder(IReadOnlyList<IStage> stages)
    {
        var left = stages.ToLookup(stage => stage.Kind).ToList();
        var kindOf = stages.ToDictionary(stage => stage.Name, stage => stage.Kind);
        while (left.Count > 0)
        {
            var next = left.First(kind => kind.SelectMany(stage => stage.Reads.Stages)
                .All(name => kindOf[name] == kind.Key || left.All(other => other.Key != kindOf[name])));
            left.Remove(next);
            yield return next;
        }
    }

    // A blind search leaves the data in the signal region unscored; the sidebands are open to it.
    private bool IsSearched(ChainSample sample) =>
        _experiment.IsSearch ? sample != ChainSample.Data || !_context.Settings.Blind : sample == ChainSample.Data;

    private void AddAll(IEnumerable<IStage> stages, ChainSample sample, WindowSize size, int run)
    {
        foreach (var stage in stages)
        {
            if (stage is not TestStage || sample == ChainSample.Data)
            {
                Add(stage, stage.DescribesSource ? sample.Origin : sample, size, run);
            }
        }
    }

    private void Add(IStage stage, ChainSample sample, WindowSize size, int run)
    {
        var place = (stage.Name, sample, size.Window.SignalRegion, run);
        if (_known.ContainsKey(place))
        {
            return;
        }

        // What is searched there is what the distortion left of it.
        var searched = sample.IsDistorted && stage != _distortion ? [DistortionStage.StageName] : Array.Empty<string>();

        // Not among the experiment's units: what the search did, or what is done once for all experiments.
        var isOfSearch = _experiment.Source.ArrangesWindows && stage is not CountStage;
        if (isOfSearch && _ofSearch.TryGetValue(place, out var done))
        {
            _known[place] = done;
            return;
        }

        var runOfWindow = isOfSearch ? run : UnitPlace.RunOfWindow(_experiment, run);
        WorkUnit[] needs =
        [
            .. stage.Reads.Stages.Concat(searched).Select(name => Known(name, sample, size.Window.SignalRegion, runOfWindow)),
            .. _experiment.Source.DensityWithout is { } without ? DensityWithout(without) : [],
        ];
        var at = new UnitPlace(isOfSearch ? Experiment.Search : _experiment, sample, size.Window, run);
        var unit = _known[place] = new WorkUnit(
            isOfSearch ? 0 : _after + _units.Count + 1,
            stage,
            at,
            _keys.Of(stage, at, needs),
            stage.Cost(size.Template.For(stage), size.Events, _context.Options),
            needs)
        {
            Context = _context,
            Memory = UnitMemory.Of(stage, at.Experiment, size.Template.For(stage), size.Events, _context),
        };
        if (isOfSearch)
        {
            _ofSearch[place] = unit;
        }
        else
        {
            _units.Add(unit);
        }
    }

    private IReadOnlyList<WorkUnit> DensityWithout(MassInterval masses) => _densities.TryGetValue(masses, out var units)
        ? units
        : _densities[masses] = SourceDensity.Units(_context, _keys, masses);

    private WorkUnit Known(string name, ChainSample sample, MassInterval region, int run) =>
        _known.TryGetValue((name, sample, region, run), out var own) ? own : _known[(name, sample.Origin, region, run)];
}
