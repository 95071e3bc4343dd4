using Sideband.Cli.Commands;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Runs;
using Sideband.Search.Settings;

namespace Sideband.Cli.Jobs;

/// <summary>A search that was done, for what reads its classifiers and scores: <c>score</c> and <c>compare</c>.</summary>
/// <param name="Directory">Where it is.</param>
/// <param name="Plan">Of its inputs, unblinded if the run was.</param>
internal sealed record FinishedRun(RunDirectory Directory, SearchPlan Plan)
{
    /// <summary>Opens a run; inputs that are not those that it was begun with, and results that were changed, are refused.</summary>
    /// <param name="root">The run directory.</param>
    /// <param name="threads">As on the command line; null: as it was run.</param>
    /// <param name="load">Reads the inputs.</param>
    public static FinishedRun Open(string root, string? threads, Func<SearchSettings, SearchInputs> load)
    {
        var (directory, frozen) = RunDirectory.Open(root);
        var settings = Unblinding.Applied(directory, frozen).WithThreads(threads);
        RunSeal.Check(directory);
        var inputs = load(settings);
        FrozenInputs.Check(directory, frozen, inputs.Accounts);
        return new FinishedRun(directory, Planner.Make(settings, inputs));
    }

    /// <summary>Its units, to be read.</summary>
    public SearchRun Units => new(Plan, Directory, CommandHost.Warn);
}
