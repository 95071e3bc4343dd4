using Sideband.Search.Units;

namespace Sideband.Search.Engines;

/// <summary>
/// The units that several threads take from: only units whose needs are done, and of these the one with the longest chain of work
/// behind it first (list scheduling by critical path), so that no thread waits at the end for a chain begun late. Experiments come one
/// after the other: each one's events are in memory from its first unit to its last. A unit that would take more memory than there is
/// beside those that run waits for one of them to end; no other overtakes it.
/// </summary>
internal sealed class UnitQueue
{
    private readonly object _gate = new();
    private readonly int _threads;
    private readonly long _room;
    private readonly PriorityQueue<WorkUnit, (int, double, int)> _ready = new();
    private readonly Dictionary<string, int> _waitsFor = [];
    private readonly Dictionary<string, List<WorkUnit>> _dependants = [];
    private readonly Dictionary<string, double> _chain = [];
    private readonly Dictionary<string, long> _taken = [];
    private int _left;
    private int _running;
    private bool _stopped;

    /// <param name="open">Units to do, each behind those that it needs; needs that are not among them are done.</param>
    /// <param name="threads">Threads that there are.</param>
    /// <param name="room">Bytes that the units that run may be expected to take together; one alone is never refused.</param>
    public UnitQueue(IReadOnlyList<WorkUnit> open, int threads, long room = long.MaxValue)
    {
        (_threads, _room, _left) = (threads, room, open.Count);
        var keys = open.Select(unit => unit.Key).ToHashSet();
        foreach (var unit in open)
        {
            var needs = unit.Needs.Where(need => keys.Contains(need.Key)).ToArray();
            _waitsFor[unit.Key] = needs.Length;
            _dependants[unit.Key] = [];
            foreach (var need in needs)
            {
                _dependants[need.Key].Add(unit);
            }
        }

        foreach (var unit in open.Reverse())
        {
            _chain[unit.Key] = unit.Cost + _dependants[unit.Key].Select(dependant => _chain[dependant.Key]).DefaultIfEmpty(0).Max();
        }

        foreach (var unit in open.Where(unit => _waitsFor[unit.Key] == 0))
        {
            Enqueue(unit);
        }
    }

    /// <summary>The next unit; waits until one is ready. Null when there are no more, or after <see cref="Stop"/>.</summary>
    /// <param name="threads">Threads that the unit may use: more than one only where fewer units than threads can run.</param>
    public WorkUnit? Take(out int threads)
    {
        lock (_gate)
        {
            while (!_stopped && _left > 0 && !(_ready.TryPeek(out var next, out _) && Fits(next, 1)))
            {
                Monitor.Wait(_gate);
            }

            threads = 1;
            if (_stopped || _ready.Count == 0)
            {
                return null;
            }

            var unit = _ready.Dequeue();
            var beside = Math.Min(_running + 1L + _ready.Count, AtOnce(unit));
            threads = (int)Math.Max(1, _threads / beside);
            while (threads > 1 && (!Fits(unit, threads) || beside * unit.Memory.On(threads) > _room))
            {
                threads--;
            }

            _running++;
            _taken[unit.Key] = unit.Memory.On(threads);
            return unit;
        }
    }

    /// <summary>A unit is done; those that waited for it alone become ready.</summary>
    public void Finish(WorkUnit unit)
    {
        lock (_gate)
        {
            (_running, _left) = (_running - 1, _left - 1);
            _taken.Remove(unit.Key);
            foreach (var dependant in _dependants[unit.Key])
            {
                if (--_waitsFor[dependant.Key] == 0)
                {
                    Enqueue(dependant);
                }
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>No unit is given out any more.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool Fits(WorkUnit unit, int threads) => _running == 0 || unit.Memory.On(threads) <= _room - _taken.Values.Sum();

    // Units like this one that memory allows at one time: threads that they leave over work within them, as far as all of them still fit.
    private long AtOnce(WorkUnit unit) => Math.Max(1, _room / Math.Max(1, unit.Memory.On(1)));

    private void Enqueue(WorkUnit unit) => _ready.Enqueue(unit, (unit.Experiment.Number, -_chain[unit.Key], unit.Index));
}
