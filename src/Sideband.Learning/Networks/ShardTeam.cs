namespace Sideband.Learning.Networks;

/// <summary>Does numbered pieces of work on a few threads that wait between two calls; allocates nothing in a call.</summary>
internal sealed class ShardTeam : IDisposable
{
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _start = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private Action<int>? _work;
    private Exception? _failure;
    private int _pieces;
    private int _next;
    private volatile bool _stopped;

    /// <param name="threads">The caller's thread is one of them.</param>
    public ShardTeam(int threads)
    {
        _threads = new Thread[threads - 1];
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Wait) { IsBackground = true, Name = "Sideband training" };
            _threads[i].Start();
        }
    }

    /// <summary>work(0), ..., work(pieces - 1), in any order and at the same time.</summary>
    /// <param name="pieces">How many.</param>
    /// <param name="work">One delegate for all calls, so that nothing is allocated.</param>
    public void Run(int pieces, Action<int> work)
    {
        var helpers = Math.Min(_threads.Length, pieces - 1);
        if (helpers <= 0)
        {
            for (var i = 0; i < pieces; i++)
            {
                work(i);
            }

            return;
        }

        (_work, _pieces, _next, _failure) = (work, pieces, -1, null);
        _start.Release(helpers);
        Take();
        for (var i = 0; i < helpers; i++)
        {
            _done.Wait();
        }

        if (_failure is not null)
        {
            throw new AggregateException(_failure);
        }
    }

    public void Dispose()
    {
        _stopped = true;
        if (_threads.Length > 0)
        {
            _start.Release(_threads.Length);
        }

        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _start.Dispose();
        _done.Dispose();
    }

    private void Wait()
    {
        while (true)
        {
            _start.Wait();
            if (_stopped)
            {
                return;
            }

            Take();
            _done.Release();
        }
    }

    private void Take()
    {
        try
        {
            for (var i = Interlocked.Increment(ref _next); i < _pieces; i = Interlocked.Increment(ref _next))
            {
                _work!(i);
            }
        }
#pragma warning disable CA1031 // Not swallowed: Run throws it again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _failure = failure;
        }
    }
}
