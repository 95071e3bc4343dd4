using System.Collections.Concurrent;

namespace Sideband.Learning.Boosting;

/// <summary>
/// Workspaces of trainings that are done, for those that come: as many as were ever in use at one time. Safe for several threads.
/// </summary>
public sealed class BoostingMemory
{
    private readonly ConcurrentBag<BoostingWorkspace> _workspaces = [];

    internal BoostingWorkspace Take() => _workspaces.TryTake(out var used) ? used : new BoostingWorkspace();

    internal void Return(BoostingWorkspace workspace) => _workspaces.Add(workspace);
}
