using System.CommandLine;
using Sideband.Cli.Jobs;
using Sideband.Events;
using Sideband.Search.Inputs;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband score</c>: a finished search's classifiers on other events.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var command = new Command(
                "score", "A finished search's classifiers on other events: scores, and efficiencies per window and working point.")
            .WithExamples(
                "Example: sideband score runs/first signal.h5 other_simulation.h5",
                "Writes DIR/scored/FILE.json and DIR/scored/FILE_window_N.npz. "
                + "An event that the search was trained on is scored by the classifier that",
                "did not see it, any other by the mean of all.");
        var directory = SharedOptions.RunDirectory();
        var files = new Argument<string[]>("FILE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Event files with the search's columns; a row range FILE[a:b] is allowed",
        };
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directory);
        command.Arguments.Add(files);
        command.Options.Add(quiet);
        command.SetAction(int (ParseResult parsed) =>
        {
            EventFileSpec[] specs = [.. parsed.GetValue(files)!.Select(EventFileSpec.Parse)];
            ScoreJob.RefuseOneName(specs);
            return new ScoreJob(FinishedRun.Open(parsed.GetValue(directory)!, null, InputLoader.Load), parsed.GetValue(quiet)).Run(specs);
        });
        return command;
    }
}
