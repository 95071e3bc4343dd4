using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Systematics;
using Sideband.Search.Units;

namespace Sideband.Search.Engines.Batch;

/// <summary>Units that one worker does.</summary>
/// <param name="Level">Tasks of a level need nothing but what those of lower levels do; from 0.</param>
/// <param name="Units">In plan order.</param>
public sealed record BatchTask(int Level, IReadOnlyList<WorkUnit> Units)
{
    /// <summary>Expected CPU time in seconds.</summary>
    public double Cost => Units.Sum(unit => unit.Cost);
}

/// <summary>
/// Cuts units into tasks of a batch system: long enough that starting a worker costs little, short enough that a lost one does, and
/// at least two a core, so that cores do not wait for each other.
/// </summary>
public static class TaskPacking
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(20);

    /// <param name="open">Units to do, with those that they need, in plan order.</param>
    /// <param name="cores">Cores of the cluster, at least 1.</param>
    /// <param name="choice">Cores of a task, its expected length and its time limit, of which a pack takes half at most.</param>
    /// <returns>Tasks by level.</returns>
    public static IReadOnlyList<BatchTask> Of(IReadOnlyList<WorkUnit> open, int cores, EngineChoice choice)
    {
        var groups = Groups(open).GroupBy(group => group.Level).OrderBy(level => level.Key);
        var slots = Math.Max(1, cores / choice.Cpus);
        return [.. groups.SelectMany(level => Packed(level, Length(level.Sum(group => group.Cost) / choice.Cpus, slots, choice)))];
    }

    // CPU seconds of a task that keeps all its cores busy for the expected length.
    private static double Length(double seconds, int slots, EngineChoice choice)
    {
        var length = choice.Pack?.TotalSeconds
            ?? Math.Clamp(seconds / (2 * slots), Shortest.TotalSeconds, Longest.TotalSeconds);
        return choice.Cpus * Math.Min(length, choice.Time is { } limit ? limit.TotalSeconds / 2 : double.PositiveInfinity);
    }

    // Tasks of one length: one that is cut short at the end would leave a core idle.
    private static IEnumerable<BatchTask> Packed(IGrouping<int, BatchTask> level, double length)
    {
        var total = level.Sum(group => group.Cost);
        var tasks = Math.Max(1, Math.Ceiling(total / length));
        var before = 0.0;
        int TaskOf(BatchTask group)
        {
            var middle = before + (group.Cost / 2);
            before += group.Cost;
            return total > 0 ? (int)(middle / total * tasks) : 0;
        }

        return level.GroupBy(TaskOf).Select(pack => new BatchTask(level.Key, [.. pack.SelectMany(group => group.Units)]));
    }

    // What one worker must do together: a unit of the search, whose product is in the store afterwards; of an experiment the units of a
    // window and run, whose products stay in the worker's memory.
    private static IEnumerable<BatchTask> Groups(IReadOnlyList<WorkUnit> open)
    {
        var levels = new Dictionary<string, int>();
        (Experiment, MassInterval, int, ChainSample)? PlaceOf(WorkUnit unit) =>
            unit.Experiment.IsSearch ? null : (unit.Experiment, unit.Window.SignalRegion, unit.Run, unit.Sample);

        foreach (var unit in open)
        {
            levels[unit.Key] = unit.Needs.Where(need => levels.ContainsKey(need.Key))
                .Select(need => levels[need.Key] + (PlaceOf(unit) is { } place && place == PlaceOf(need) ? 0 : 1)).DefaultIfEmpty(0).Max();
        }

        return open.GroupBy(unit => PlaceOf(unit) is { } place ? (object)place : unit.Key)
            .Select(group => new BatchTask(group.Max(unit => levels[unit.Key]), [.. group]));
    }
}
