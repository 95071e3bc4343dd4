using System.Collections.Concurrent;
using Sideband.Events;
using Sideband.Search.Plan;

namespace Sideband.Search.Work;

/// <summary>
/// The one scheduler: does the plan's unfinished units on a fixed number of threads and puts each result into the store. Units
/// run beside each other; threads that are left over, because there are fewer units than cores, go to the members within units.
/// </summary>
public sealed class Scheduler(SearchPlan plan, UnitStore store, int threads)
{
    private readonly ConcurrentDictionary<(SampleRole, MassWindow), Lazy<WindowSample>> _samples = new();

    /// <summary>Does the units that are not in the store yet. A unit's failure is a result; a user's or the disk's error ends the run.</summary>
    /// <param name="units">Units of the plan, in plan order.</param>
    /// <param name="finished">Called, one at a time, after each unit.</param>
    /// <param name="cancellation">Ends the run between members; finished units are kept.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="SidebandException">A result cannot be written.</exception>
    public void Run(IReadOnlyList<WorkUnit> units, Action<WorkUnit> finished, CancellationToken cancellation)
    {
        var open = units.Where(unit => !store.Contains(unit.Key)).ToArray();
        var left = open.GroupBy(unit => (unit.Sample, unit.Window)).ToDictionary(group => group.Key, group => group.Count());
        var workers = Math.Clamp(threads, 1, Math.Max(1, open.Length));
        var gate = new Lock();
        var failure = (Exception?)null;
        var next = -1;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

        void Work()
        {
            for (var i = Interlocked.Increment(ref next); i < open.Length && !stop.IsCancellationRequested; i = Interlocked.Increment(ref next))
            {
                var unit = open[i];
                try
                {
                    store.Put(unit.Key, UnitRunner.Run(unit, plan, Sample(unit), Math.Max(1, threads / workers), stop.Token));
                    lock (gate)
                    {
                        if (--left[(unit.Sample, unit.Window)] == 0)
                        {
                            _samples.TryRemove((unit.Sample, unit.Window), out _);
                        }

                        finished(unit);
                    }
                }
                catch (Exception error)
                {
                    lock (gate)
                    {
                        failure ??= error;
                    }

                    stop.Cancel();
                    return;
                }
            }
        }

        var helpers = Enumerable.Range(1, workers - 1).Select(_ => new Thread(Work) { IsBackground = true }).ToArray();
        foreach (var helper in helpers)
        {
            helper.Start();
        }

        Work();
        foreach (var helper in helpers)
        {
            helper.Join();
        }

        cancellation.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    // A window is prepared once, by the first unit that needs it, and let go after its last.
    private WindowSample Sample(WorkUnit unit) =>
        _samples.GetOrAdd(
            (unit.Sample, unit.Window),
            key => new Lazy<WindowSample>(() => new WindowSample(key.Item2, plan.TemplateInputs(key.Item1), plan.Settings.Method))).Value;
}
