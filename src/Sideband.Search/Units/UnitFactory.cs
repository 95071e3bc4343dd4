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
    private readonly List<WorkUnit> _units = [];
    private readonly Dictionary<(string, ChainSample, MassInterval, int), WorkUnit> _known = [];
    private Experiment _experiment = Experiment.Search;

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
    }

    /// <param name="experiment">The search, or another.</param>
    /// <param name="sizes">Per sample, in the order of its windows.</param>
    public IReadOnlyList<WorkUnit> Make(Experiment experiment, IReadOnlyDictionary<ChainSample, IReadOnlyList<WindowSize>> sizes)
    {
        _units.Clear();
        _known.Clear();
        _experiment = experiment;
        foreach (var group in _stages.GroupBy(stage => stage is FoldStage ? "fold" : stage.Name))
        {
            // A blind search leaves the data in the signal region unscored; the sidebands are open to it.
            foreach (var sample in ChainSample.All.Where(sample => sample != ChainSample.Data || !_context.Settings.Blind))
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

    private void AddAll(IEnumerable<IStage> stages, ChainSample sample, WindowSize size, int run)
    {
        foreach (var stage in stages)
        {
            var wanted = stage is not TestStage || sample == ChainSample.Data;
            if (wanted)
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

        WorkUnit[] needs = [.. stage.Reads.Stages.Select(name => Known(name, sample, size.Window.SignalRegion, run))];
        var at = new UnitPlace(_experiment, sample, size.Window, run);
        _units.Add(_known[place] = new WorkUnit(
            _units.Count + 1, stage, at, _keys.Of(stage, at, needs), stage.Cost(size.Template, size.Events, _context.Options), needs));
    }

    private WorkUnit Known(string name, ChainSample sample, MassInterval region, int run) =>
        _known.TryGetValue((name, sample, region, run), out var own) ? own : _known[(name, sample.Origin, region, run)];
}
