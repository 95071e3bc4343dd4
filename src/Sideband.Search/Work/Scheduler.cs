using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Sideband.Events;
using Sideband.Search.Plan;

namespace Sideband.Search.Work;

/// <summary>
/// The one scheduler: does the plan's unfinished units on a fixed number of threads and puts each result into the store. Units
/// run beside each other; threads that are left over, because fewer units than threads are ready, go to the work within units.
/// </summary>
public sealed class Scheduler(SearchPlan plan, UnitStore store, int threads)
{
    private readonly Dictionary<UnitKind, double> _seconds = [];

    /// <summary>Wall seconds spent inside units, by kind, summed over threads.</summary>
    public IReadOnlyDictionary<UnitKind, double> UnitSeconds => _seconds;

    /// <summary>
    /// Does the units that are not in the store yet, and what they need. A unit's failure is a result; a user's or the disk's error
    /// ends the run.
    /// </summary>
    /// <param name="units">Units of the plan, in plan order.</param>
    /// <param name="finished">Called, one at a time, after each unit.</param>
    /// <param name="cancellation">Ends the run between members; finished units are kept.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="SidebandException">A result cannot be written.</exception>
    public void Run(IReadOnlyList<WorkUnit> units, Action<WorkUnit> finished, CancellationToken cancellation)
    {
        var open = OpenUnits.Of(units, store);
        var samples = new WindowSamples(plan, store, open);
        var queue = new UnitQueue(open, threads);
        var gate = new Lock();
        var failure = (Exception?)null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var stopping = stop.Token.Register(queue.Stop);

        void Work()
        {
            while (!stop.IsCancellationRequested && queue.Take(out var own) is { } unit)
            {
                try
                {
                    var clock = Stopwatch.StartNew();
                    store.Put(unit.Key, Do(unit, samples, own, stop.Token));
                    lock (gate)
                    {
                        _seconds[unit.Kind] = _seconds.GetValueOrDefault(unit.Kind) + clock.Elapsed.TotalSeconds;
                        if (unit.Kind == UnitKind.Fold)
                        {
                            samples.Release(unit);
                        }

                        finished(unit);
                    }

                    queue.Finish(unit);
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

        var helpers = Enumerable.Range(1, Math.Clamp(threads, 1, Math.Max(1, open.Count)) - 1).Select(_ => new Thread(Work) { IsBackground = true }).ToArray();
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
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private IUnitProduct Do(WorkUnit unit, WindowSamples samples, int own, CancellationToken cancellation) => unit.Kind switch
    {
        UnitKind.Density => DensityUnit.Run(unit, plan, own, cancellation),
        UnitKind.Sample => SampleUnit.Run(unit, plan, store),
        _ => FoldUnit.Run(unit, plan, samples.Of(unit), own, cancellation),
    };
}
