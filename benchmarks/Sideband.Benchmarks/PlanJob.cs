using System.Diagnostics;
using System.Text.Json;
using Sideband.Events.Simulation;
using Sideband.Inference.Counting;
using Sideband.Search.Collect;
using Sideband.Search.Engines;
using Sideband.Search.Experiments;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Settings;
using Sideband.Search.Store;
using Sideband.Search.Units;
using Sideband.Templates;

namespace Sideband.Benchmarks;

/// <summary>
/// What many experiments cost beside their units' own work: nine windows, five folds, one run of a method that does nothing
/// (<see cref="NothingTemplate"/>). Each part prints one line of JSON; benchmarks/plan.py starts them one after the other.
/// </summary>
internal sealed class PlanJob
{
    /// <summary>Units of a pack in the store that a worker finds; what each of the workers before it had to do.</summary>
    private const int UnitsOfWorker = 50;

    private readonly NothingTemplate _method;
    private readonly SearchSettings _settings;
    private readonly SearchInputs _inputs;
    private long _wall;
    private double _cpu;

    private PlanJob(int events)
    {
        string[] features = ["mj1", "delta_mj", "tau21_j1", "tau21_j2"];
        var data = DijetSimulator.Generate(new SimulationRequest { Events = events, Features = features });
        _method = new NothingTemplate(data.Select([.. Enumerable.Range(0, 200)]));
        TemplateMethods.Register(_method);
        (string Key, string Text)[] entries = [("method", _method.Name), ("systematics", "none"), ("runs", "1"), ("threads", "1")];
        _settings = SettingsReader.Apply(
            new SearchSettings(), [.. entries.Select(entry => (SettingKeys.ByName(entry.Key, "benchmark"), entry.Text))]);
        _inputs = SearchInputs.Of([(InputRole.Data, data)], [], []);
        Start();
    }

    public static int Run(string part, string folder, int experiments, int events)
    {
        var job = new PlanJob(events);
        Console.WriteLine(JsonSerializer.Serialize(part switch
        {
            "list" => job.List(experiments),
            "fill" => job.Fill(folder, experiments),
            "start" => job.Worker(folder, experiments),
            "work" => job.Work(folder, experiments),
            "collect" => job.Collect(folder, experiments),
            _ => throw new ArgumentException($"no part {part}"),
        }));
        return 0;
    }

    // All units of a plan, held at once.
    private Dictionary<string, double> List(int experiments)
    {
        var (_, plan) = Plan(experiments);
        WorkUnit[] units = [.. plan.Units(1, plan.Count)];
        var measured = Measured(units.Length);
        measured["managed_mb"] = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
        measured["different_keys"] = units.Select(unit => unit.Key).Distinct().Count();
        return measured;
    }

    // Finished units of workers that had fifty each.
    private Dictionary<string, double> Fill(string folder, int experiments)
    {
        var (_, plan) = Plan(experiments);
        var store = UnitStore.Open(folder);
        var fold = new FoldCount(Count(4000), Count(41), Count(4000), Count(40), CountFlags.None, null);
        FoldCount[] counts = [.. Enumerable.Repeat(fold, _settings.WorkingPoints.Count)];
        var product = new CountProduct(null, 20_000, counts, counts, []);
        Start();
        foreach (var worker in plan.Units(1, plan.Count).Chunk(UnitsOfWorker))
        {
            foreach (var unit in worker)
            {
                store.PutSmall(unit, product);
            }

            store.Flush();
        }

        return Measured(plan.Count);
    }

    // The worker after those of all experiments but the last.
    private Dictionary<string, double> Worker(string folder, int experiments)
    {
        var (search, plan) = Plan(experiments);
        var first = ((experiments - 2) * plan.UnitsEach) + 1;
        WorkUnit[] units = [.. plan.Units(first, first + UnitsOfWorker - 1)];
        var (planned, store) = (Stopwatch.GetElapsedTime(_wall).TotalSeconds, UnitStore.Open(folder));
        var opened = Stopwatch.GetElapsedTime(_wall).TotalSeconds;
        new LocalEngine(1).Run(search, store, units, _ => { }, CancellationToken.None);
        var measured = Measured(units.Length);
        measured["planned_s"] = planned;
        measured["store_opened_s"] = opened;
        measured["first_unit_s"] = Stopwatch.GetElapsedTime(_wall, _method.Begun!.Value.Wall).TotalSeconds;
        measured["first_unit_cpu_s"] = _method.Begun.Value.Cpu - _cpu;
        return measured;
    }

    // Units that do nothing, planned before.
    private Dictionary<string, double> Work(string folder, int experiments)
    {
        var (search, plan) = Plan(experiments);
        WorkUnit[] units = [.. plan.Units(1, plan.Count)];
        Start();
        new LocalEngine(1).Run(search, UnitStore.Open(folder), units, _ => { }, CancellationToken.None);
        return Measured(units.Length);
    }

    private Dictionary<string, double> Collect(string folder, int experiments)
    {
        var (search, plan) = Plan(experiments);
        var store = UnitStore.Open(folder);
        var opened = Stopwatch.GetElapsedTime(_wall).TotalSeconds;
        var observed = 0.0;
        for (var e = 0; e < experiments; e++)
        {
            var counts = ExperimentCounts.Load(search, store, plan.Units((e * plan.UnitsEach) + 1, (e + 1) * plan.UnitsEach));
            observed += counts.Sum(window => window[0][0].Observed.Value!.Value);
        }

        var measured = Measured(plan.Count);
        measured["store_opened_s"] = opened;
        measured["observed"] = observed;
        return measured;
    }

    private (SearchPlan Search, ExperimentPlan Plan) Plan(int experiments)
    {
        var search = Planner.Make(_settings, _inputs);
        var source = new DrawnRows(InputRole.Data, _inputs.Data.Count, WithReplacement: true);
        return (search, new ExperimentPlan(search, [.. Enumerable.Range(1, experiments).Select(number => new Experiment(number, source))]));
    }

    private void Start() => (_wall, _cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime.TotalSeconds);

    private Dictionary<string, double> Measured(int units) => new()
    {
        ["units"] = units,
        ["wall_s"] = Stopwatch.GetElapsedTime(_wall).TotalSeconds,
        ["cpu_s"] = Environment.CpuUsage.TotalTime.TotalSeconds - _cpu,
        ["process_peak_mb"] = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6,
    };

    private static EventCount Count(int events) => new(events, events, events);
}
