using System.CommandLine;
using System.Runtime.CompilerServices;
using Sideband.Cli.Commands;

namespace Sideband.Cli;

/// <summary>The command line: commands only, everything else lies in the libraries.</summary>
public static class Program
{
    /// <summary>Looks at the process's limits before anything is loaded that would not fit into them.</summary>
    public static int Main(string[] args) => ProcessLimits.Allow() ? Run(args).GetAwaiter().GetResult() : CommandHost.InputData;

    // Apart, so that what it needs is loaded when it is called.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> Run(string[] args)
    {
        // Before anything that takes time, and until the process has ended.
        var signals = Interruption.Catch(args.FirstOrDefault());
        using var keeper = MemoryKeeper.Start();
        var root = new RootCommand("Sideband looks for new particles in collider data without knowing what they look like.")
        {
            ScanCommand.Create(),
            PlanCommand.Create(),
            WorkCommand.Create(),
            CollectCommand.Create(),
            StatusCommand.Create(),
            CalibrateCommand.Create(),
            InjectCommand.Create(),
            LimitCommand.Create(),
            ScoreCommand.Create(),
            CompareCommand.Create(),
            FitCommand.Create(),
            ExportCommand.Create(),
            ReportCommand.Create(),
            VerifyCommand.Create(),
            SimulateCommand.Create(),
            InspectCommand.Create(),
            DoctorCommand.Create(),
            CompletionCommand.Create(),
        };
        root.Add(ManCommand.Create(root));
        root.WithExamples(
            "Example: sideband scan                                  searches a built-in example, in about a minute",
            "Example: sideband inspect events.csv                    shows what is in your own table",
            "'sideband COMMAND --help' explains a command.");
        CommandExamples.AddToHelp(root);
        var exitCode = await CommandHost.Run(root, args is ["help", .. var command] ? [.. command, "--help"] : args);
        GC.KeepAlive(signals);
        return exitCode;
    }
}
