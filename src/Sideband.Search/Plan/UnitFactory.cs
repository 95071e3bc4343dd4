using Sideband.Events;

namespace Sideband.Search.Plan;

/// <summary>Lists the units of a plan: densities, samples, folds, each behind those that it needs.</summary>
internal sealed class UnitFactory(SearchPlan plan)
{
    // CPU seconds of flow matching, measured on one core of a 2.x GHz server that others used too: one event in one epoch, and one
    // drawn event, for each block of the network and unit of its width squared.
    private const double SecondsPerTrainedUnit = 1.8e-10;
    private const double SecondsPerDrawnUnit = 6e-10;

    private readonly UnitKeys _keys = new(plan);
    private readonly List<WorkUnit> _units = [];
    private readonly Dictionary<(UnitKind, SampleRole, MassInterval, int), WorkUnit> _known = [];

    /// <param name="sizes">Per sample, in the order of its windows.</param>
    public List<WorkUnit> Make(IReadOnlyDictionary<SampleRole, List<WindowSize>> sizes)
    {
        // A blind search leaves the data in the signal region unscored; the sidebands are open to it.
        var samples = sizes.Where(entry => entry.Key != SampleRole.Data || !plan.Settings.Blind).OrderBy(entry => entry.Key).ToArray();
        if (plan.Density is not null)
        {
            Add(samples, (sample, size, run) => Density(sample.Source(), size, run));
            Add(samples, (sample, size, run) => Put(UnitKind.Sample, sample, size, run, 0, [Density(sample.Source(), size, run)], SampleCost(size)));
        }

        Add(samples, (sample, size, run) =>
        {
            var needs = plan.Density is null ? Array.Empty<WorkUnit>() : [_known[(UnitKind.Sample, sample, size.Window.SignalRegion, run)]];
            for (var fold = 1; fold <= plan.Settings.Folds; fold++)
            {
                Put(UnitKind.Fold, sample, size, run, fold, needs, FoldCost(size));
            }
        });
        return _units;
    }

    private void Add(KeyValuePair<SampleRole, List<WindowSize>>[] samples, Action<SampleRole, WindowSize, int> add)
    {
        foreach (var (sample, sizes) in samples)
        {
            foreach (var size in sizes)
            {
                for (var run = 1; run <= plan.Settings.Runs; run++)
                {
                    add(sample, size, run);
                }
            }
        }
    }

    // The sideband test uses the data's own density.
    private WorkUnit Density(SampleRole source, WindowSize size, int run) =>
        _known.TryGetValue((UnitKind.Density, source, size.Window.SignalRegion, run), out var known)
            ? known
            : Put(UnitKind.Density, source, size, run, 0, [], DensityCost(size.Sidebands));

    private WorkUnit Put(UnitKind kind, SampleRole sample, WindowSize size, int run, int fold, IReadOnlyList<WorkUnit> needs, double cost)
    {
        var key = _keys.Of(kind, sample, size.Window, run, fold, needs);
        var unit = new WorkUnit(_units.Count + 1, kind, sample, size.Window, run, fold, key, cost) { Needs = needs };
        _units.Add(unit);
        _known.TryAdd((kind, sample, size.Window.SignalRegion, run), unit);
        return unit;
    }

    private double DensityCost(double events) => SecondsPerTrainedUnit * events * plan.Density!.EpochsOf(events) * plan.Density.Blocks * plan.Density.HiddenWidth * plan.Density.HiddenWidth;

    private double SampleCost(WindowSize size) =>
        SecondsPerDrawnUnit * (size.Drawn!.Value + size.Template) * plan.Density!.Blocks * plan.Density.HiddenWidth * plan.Density.HiddenWidth;

    private double FoldCost(WindowSize size) => plan.Settings.Method.ScoresByLikelihoodRatio
        ? DensityCost(size.Data * (plan.Settings.Folds - 1.0) / plan.Settings.Folds)
        : size.FoldCost(plan.Settings);
}
