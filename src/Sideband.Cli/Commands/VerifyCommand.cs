using System.CommandLine;
using Sideband.Events;
using Sideband.Search.Runs;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband verify</c>: whether a run directory is what its search wrote.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var command = new Command(
                "verify", "Check everything in a run directory: settings, inputs, units, summaries, scores and results against each other.")
            .WithExamples(
                "Example: sideband verify runs/first",
                "Says of each part whether it holds, and ends with exit code 3 where one does not.");
        var directory = SharedOptions.RunDirectory();
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directory);
        command.Options.Add(quiet);
        command.SetAction(int (ParseResult parsed) =>
        {
            var root = parsed.GetValue(directory)!;
            var (run, settings) = RunDirectory.Open(root);
            var findings = RunVerification.Of(run, settings);
            foreach (var finding in findings.Where(finding => finding.Holds != true || !parsed.GetValue(quiet)))
            {
                var word = finding.Holds switch { true => "holds", false => "BROKEN", null => "-" };
                Console.Out.WriteLine($"{word,-7} {ShownText.Of(finding.Part)}: {ShownText.Of(finding.Finding)}");
            }

            return findings.Count(finding => finding.Holds == false) is > 0 and var broken
                ? throw new InputDataException(FormattableString.Invariant($"{root}: {broken} parts do not hold"))
                : CommandHost.Done;
        });
        return command;
    }
}
