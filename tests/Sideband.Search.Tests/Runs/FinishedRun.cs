using Sideband.Search.Engines;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Results.Files;
using Sideband.Search.Runs;
using Sideband.Search.Settings;

namespace Sideband.Search.Tests.Runs;

/// <summary>A small search of toy events with everything that its run directory holds, as <c>scan</c> writes it.</summary>
internal static class FinishedRun
{
    public static readonly SearchInputs Inputs = Toy.Inputs(Toy.Background("sealed", 2000), Toy.Background("sealed mc", 2000));

    /// <summary>Two folds of two members.</summary>
    public static SearchSettings Settings(params (string Key, string Text)[] entries) =>
        Toy.Settings([("folds", "2"), ("members", "2"), ("working_points", "0.1"), .. entries]);

    public static RunDirectory Make(string folder, SearchSettings settings, Action<string>? warn = null)
    {
        var directory = RunDirectory.Create(folder, settings);
        FrozenInputs.Check(directory, settings, Inputs.Accounts);
        RunSeal.Check(directory);
        var run = new SearchRun(Planner.Make(settings, Inputs), directory, warn);
        run.Work(new LocalEngine(2), run.OpenUnits, _ => { }, CancellationToken.None);
        RunSeal.Break(directory);
        ResultsJson.Write(directory.ResultsFile, run.Collect(new RunFiles(directory), "test", DateTimeOffset.UnixEpoch));
        RunSeal.Write(directory, run.SealedUnits);
        return directory;
    }
}
