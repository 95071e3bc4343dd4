using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Units;
using Sideband.Templates.Stages;

namespace Sideband.Search.Engines;

/// <summary>
/// This machine: a fixed number of threads. Units run beside each other; threads that are left over, because fewer units than threads are
/// ready, go to the work within units.
/// </summary>
/// <param name="threads">At least 1.</param>
/// <param name="limit">Of the memory that units are expected to take; null: none.</param>
public sealed class LocalEngine(int threads, MemoryLimit? limit = null) : IUnitEngine
{
    public IReadOnlyDictionary<string, double> Run(
        SearchPlan plan, UnitStore store, IReadOnlyList<WorkUnit> units, Action<WorkUnit> finished, CancellationToken cancellation)
    {
        var open = OpenUnits.Of(units, store);
        if (open.FirstOrDefault(unit => unit.Context != plan.Context) is { } other)
        {
            throw new ArgumentException($"{other.Name} is no unit of the plan: its key tells of other events and options", nameof(units));
        }

        var job = new Job(plan, store, open, finished);
        limit?.Require(plan.Context, open);
        var queue = new UnitQueue(open, threads, limit?.Room(plan.Context, open) ?? long.MaxValue);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var stopping = stop.Token.Register(queue.Stop);

        void Work()
        {
            while (!stop.IsCancellationRequested && queue.Take(out var own) is { } unit)
            {
                try
                {
                    job.Do(unit, own, stop.Token);
                    queue.Finish(unit);
                }
                catch (Exception error)
                {
                    job.Fail(error);
                    stop.Cancel();
                    return;
                }
            }
        }

        var helpers = Enumerable.Range(1, Math.Clamp(threads, 1, Math.Max(1, open.Count)) - 1)
            .Select(_ => new Thread(Work) { IsBackground = true }).ToArray();
        foreach (var helper in helpers)
        {
            helper.Start();
        }

        Work();
        foreach (var helper in helpers)
        {
            helper.Join();
        }

        store.Flush();
        cancellation.ThrowIfCancellationRequested();
        job.Rethrow();
        return job.Seconds;
    }

    /// <summary>What the threads share.</summary>
    private sealed class Job(SearchPlan plan, UnitStore store, IReadOnlyList<WorkUnit> open, Action<WorkUnit> finished)
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, double> _seconds = [];
        private readonly ExperimentProducts _experiments = new(plan.Context, open);
        private readonly PreparedCache _prepared = new(plan.Settings.Method, open);
        private Exception? _failure;

        public IReadOnlyDictionary<string, double> Seconds => _seconds;

        public void Do(WorkUnit unit, int own, CancellationToken cancellation)
        {
            var clock = Stopwatch.StartNew();
            var product = unit.Stage.Run(
                UnitInputs.Of(plan.Context, unit, need => _experiments.Find(need) ?? store.Read(need), _prepared), own, cancellation);
            Keep(unit, product);
            lock (_gate)
            {
                _seconds[unit.Stage.Kind] = _seconds.GetValueOrDefault(unit.Stage.Kind) + clock.Elapsed.TotalSeconds;
                _prepared.Release(unit);
                _experiments.Release(unit);
                finished(unit);
            }
        }

        public void Fail(Exception error)
        {
            lock (_gate)
            {
                _failure ??= error;
            }
        }

        public void Rethrow()
        {
            if (_failure is not null)
            {
                ExceptionDispatchInfo.Throw(_failure);
            }
        }

        private void Keep(WorkUnit unit, IStageProduct product)
        {
            if (unit.Experiment.IsSearch)
            {
                store.Put(unit, product);
            }
            else if (unit.Stage is CountStage)
            {
                store.PutSmall(unit, product);
            }
            else
            {
                _experiments.Keep(unit, product);
            }
        }
    }
}
