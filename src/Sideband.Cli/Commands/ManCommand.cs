using System.CommandLine;
using Sideband.Search.Runs;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband man</c>: the manual page.</summary>
internal static class ManCommand
{
    public static Command Create(RootCommand root)
    {
        var command = new Command("man", "Write the manual page, which has all commands and options.")
            .WithExamples(
                "Example: sideband man | man -l -",
                "To install it: sideband man > ~/.local/share/man/man1/sideband.1");
        command.Options.Add(SharedOptions.Quiet());
        command.SetAction(int (ParseResult _) =>
        {
            Console.Out.Write(ManualPage.Of(root, Provenance.VersionAndCommit().Version));
            return CommandHost.Done;
        });
        return command;
    }
}
